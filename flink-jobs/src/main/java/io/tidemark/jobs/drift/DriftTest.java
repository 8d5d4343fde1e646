package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.runtime.FlatType;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The outcome of one drift test, before the control of false discoveries. Whoever computes one sends it to the
 * {@link DriftGate} before it passes on the watermark that ends the test's window.
 *
 * @param kind what the measure is about
 * @param measure feature, output, embedding or check
 * @param slice slice that was tested
 * @param windowStartMillis inclusive start of the window, milliseconds since the epoch
 * @param windowSeconds length of the window
 * @param baselineId frozen baseline that the window is compared with; empty for the previous window
 * @param n observations in the window
 * @param baselineN observations that they are compared with
 * @param insufficient why nothing was tested, for people; empty when {@code own} is known
 * @param effectName what the effects are: psi, cramers_v, rate_change or mmd2
 * @param warnSize effect from which a move counts
 * @param investigateSize effect from which it must be looked into
 * @param own the slice's window against its own baseline
 * @param within the window against a baseline with the window's mixture of tenants, which says whether more than the
 *     mixture moved; {@link Comparison#NONE} for a slice of one tenant
 * @param rest everything in the stream but this slice against its own baseline, which says whether the others moved as
 *     well; {@link Comparison#NONE} for the whole stream and where there is too little else
 * @param beyondRest the window against the slice's baseline as moved by the move of the rest, which says whether the
 *     slice moved otherwise than the others; {@link Comparison#NONE} where {@code rest} is
 * @param members tenants in a slice that holds several; empty for a slice of one tenant
 * @param shares the two distributions by topic, bin or category; empty when there is nothing to draw
 * @param topics names in {@code shares} that moved most, largest move first
 * @param exemplars trace ids to look at
 * @param backendId embedding backend behind the vectors; empty for other kinds
 * @param sampledShare share of the traffic that the test rests on, in (0, 1]
 * @param scores what texts scored on average; {@link TextScores#NONE} for other kinds
 */
public record DriftTest(
        DriftKind kind,
        String measure,
        SliceRef slice,
        long windowStartMillis,
        int windowSeconds,
        String baselineId,
        long n,
        long baselineN,
        String insufficient,
        String effectName,
        double warnSize,
        double investigateSize,
        Comparison own,
        Comparison within,
        Comparison rest,
        Comparison beyondRest,
        List<DriftMember> members,
        List<DriftShare> shares,
        List<String> topics,
        List<String> exemplars,
        String backendId,
        double sampledShare,
        TextScores scores) {

    /** Type information for Flink. */
    public static final TypeInformation<DriftTest> TYPE = new FlatType<>(DriftTest.class, new DriftTestSerializer());

    public DriftTest {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(slice, "slice is null");
        if (own.isKnown() != insufficient.isEmpty()) {
            throw new IllegalArgumentException(
                    "test of '%s' must either be known or say why it is not".formatted(measure));
        }
        if (windowSeconds <= 0 || n < 0 || baselineN < 0 || !(sampledShare > 0 && sampledShare <= 1)) {
            throw new IllegalArgumentException("test of '%s': window of %d s, n %d, baseline n %d, sampled share %s"
                    .formatted(measure, windowSeconds, n, baselineN, sampledShare));
        }
        members = List.copyOf(members);
        shares = List.copyOf(shares);
        topics = List.copyOf(topics);
        exemplars = List.copyOf(exemplars);
    }

    /** End of the window, milliseconds since the epoch: the tick of the test. */
    public long tickMillis() {
        return windowStartMillis + windowSeconds * 1_000L;
    }

    /** Whether this compares with the previous window and not with a frozen baseline. */
    public boolean isAgainstPreviousWindow() {
        return baselineId.isEmpty();
    }
}
