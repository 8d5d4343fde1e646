package io.tidemark.jobs.sampling;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Chooses inferences by the hash of their id: whoever asks with the same rate chooses the same ones, in every job, at
 * every restart. Strata (tenant, version tuple, intent, role) are sampled apart: the first inferences of each, up to its
 * floor, are all taken, so that a rare slice is seen; then the share falls to the rate of the slice.
 *
 * <p>A sample's weight is one over the probability that it was taken with (D. G. Horvitz, D. J. Thompson, JASA 47, 1952):
 * sums of weights estimate the whole traffic without bias. Differs from the paper: the probabilities of a stratum depend
 * on how many inferences came before, which keeps the estimate unbiased but not the weights equal.
 *
 * <p>Not thread-safe.
 */
public final class StratifiedSampler {

    /** Strata that are counted one by one; what comes on top shares one. */
    static final int MAXIMUM_STRATA = 20_000;

    private static final int VERSION = 1;
    private static final long SHARED = 0;
    private static final Dimension[] STRATUM = {
        Dimension.TENANT,
        Dimension.BASE_MODEL,
        Dimension.FINE_TUNE,
        Dimension.PROMPT,
        Dimension.TOOL_SCHEMA,
        Dimension.RETRIEVAL_INDEX,
        Dimension.EVAL_PASS,
        Dimension.SERVING,
        Dimension.INTENT
    };

    private static final class Stratum {
        private SampleRate rate;
        private long period = Long.MIN_VALUE;
        private long seen;
    }

    private final SampleSettings settings;
    private final ToLongFunction<ProjectedTrace> unit;
    private final long periodMillis;
    private final Map<Long, Stratum> strata = new HashMap<>();

    /** A sampler of single inferences that has seen nothing. */
    public StratifiedSampler(SampleSettings settings) {
        this(settings, ProjectedTrace::inferenceFingerprint);
    }

    private StratifiedSampler(SampleSettings settings, ToLongFunction<ProjectedTrace> unit) {
        this.settings = settings;
        this.unit = unit;
        periodMillis = settings.period().toMillis();
    }

    /** A sampler that takes all inferences of a trace or none of them, wherever strata have one rate and no floor. */
    public static StratifiedSampler ofTraces(SampleSettings settings) {
        return new StratifiedSampler(settings, ProjectedTrace::traceFingerprint);
    }

    /** Whether {@link #ofTraces} may have taken inferences of a trace; false only when it has not. */
    public static boolean mayTake(SampleSettings settings, String tenant, String traceId) {
        return uniform(Fingerprint.withinTenant(tenant, traceId)) < settings.highestProbability();
    }

    /**
     * Whether an inference is taken, and with what weight. Call it once for each inference.
     *
     * @return 0 when it is not taken, else its weight, at least 1
     */
    public double weight(ProjectedTrace trace) {
        Stratum stratum = stratum(trace);
        long period = Math.floorDiv(trace.event().eventTimeMicros / 1_000, periodMillis);
        if (period > stratum.period) {
            stratum.period = period;
            stratum.seen = 0;
        }
        double probability = stratum.rate.probability(stratum.seen++);
        return uniform(unit.applyAsLong(trace)) < probability ? 1 / probability : 0;
    }

    /** A number in [0, 1) that depends on the id of an inference only. */
    static double uniform(long fingerprint) {
        return (mix(fingerprint) >>> 11) * 0x1.0p-53;
    }

    private Stratum stratum(ProjectedTrace trace) {
        long id = stratumOf(trace);
        Stratum stratum = strata.get(id);
        if (stratum == null) {
            stratum = strata.computeIfAbsent(strata.size() < MAXIMUM_STRATA ? id : SHARED, unused -> new Stratum());
        }
        if (stratum.rate == null) {
            stratum.rate = settings.of(trace.text(Dimension.TENANT), trace.text(Dimension.INTENT));
        }
        return stratum;
    }

    private static long stratumOf(ProjectedTrace trace) {
        long id = 1 + trace.event().role;
        for (Dimension dimension : STRATUM) {
            id = mix(id ^ trace.fingerprint(dimension));
        }
        return id == SHARED ? 1 : id;
    }

    /** The finaliser of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014). */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** What the sampler knows, for a checkpoint. */
    public byte[] snapshot() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        strata.forEach((id, stratum) -> {
            writer.writeLong(id);
            writer.writeSigned(stratum.period);
            writer.writeUnsigned(stratum.seen);
        });
        return writer.toByteArray();
    }

    /**
     * Goes on from a snapshot; one of several when the parallelism has changed.
     *
     * @throws IllegalStateException when a newer release wrote it
     */
    public void restore(byte[] snapshot) {
        ByteReader reader = new ByteReader().over(snapshot, 0, snapshot.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "state of the sampler has version %d, this release reads %d; start the release that wrote it"
                            .formatted(version, VERSION));
        }
        while (!reader.isAtEnd()) {
            Stratum stratum = strata.computeIfAbsent(reader.readLong(), unused -> new Stratum());
            long period = reader.readSigned();
            long seen = reader.readUnsigned();
            stratum.seen =
                    period == stratum.period ? stratum.seen + seen : period > stratum.period ? seen : stratum.seen;
            stratum.period = Math.max(period, stratum.period);
        }
    }
}
