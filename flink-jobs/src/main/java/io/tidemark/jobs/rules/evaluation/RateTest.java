package io.tidemark.jobs.rules.evaluation;

import io.tidemark.jobs.measures.ByteReader;
import java.time.Duration;

/**
 * A rate against its limit. A slice is beyond when the rate exceeds the limit in the short window that ends now and, for
 * rules that ask for it, over a whole long window as well; and it breaches when besides there is evidence that may be
 * looked at at any time. The point rate alone never suffices: a service whose true rate is the limit exceeds it half of
 * the time.
 *
 * @param source what is counted
 * @param limit rate that the slice must exceed to be beyond, in (0, 1)
 * @param evidenceLimit rate that the evidence speaks against, at most {@code limit}
 * @param window long window, over which the rate must be beyond too; null for rules that do not wait for one
 * @param confirm short window
 * @param minimumUnits units that the evidence, or the long window, must hold
 * @param alpha chance of a false alarm that all slices of a tenant share, in a day
 */
public record RateTest(
        RateSource source,
        double limit,
        double evidenceLimit,
        Duration window,
        Duration confirm,
        long minimumUnits,
        double alpha)
        implements RuleTest {

    private static final Duration EPOCH = Duration.ofSeconds(10 * RateEvidence.EPOCH_PANES);

    @Override
    public SliceTest start() {
        return new SliceRate(this);
    }

    @Override
    public SliceTest read(ByteReader reader) {
        SliceRate state = new SliceRate(this);
        state.read(reader);
        return state;
    }

    @Override
    public Duration memory() {
        return window == null || window.compareTo(EPOCH) < 0 ? EPOCH : window;
    }

    /** Length of the longest window. */
    Duration longest() {
        return window == null ? confirm : window;
    }
}
