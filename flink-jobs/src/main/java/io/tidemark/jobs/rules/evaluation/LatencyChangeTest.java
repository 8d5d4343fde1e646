package io.tidemark.jobs.rules.evaluation;

import io.tidemark.jobs.measures.ByteReader;
import java.time.Duration;

/**
 * A latency that changes against its own past, before any fixed limit is broken: at once, or little by little. It is held
 * against the same hour of the week before, because latency has a daily and a weekly course; and what longer inputs explain
 * does not count.
 *
 * <p>Sudden: the share of calls over the usual p95 is a multiple of what it was, with evidence that may be looked at at any
 * time. Gradual: the day that ends now is slower than the same day before, looked at once an hour; its hours are the units of
 * the paired test, because calls of the same hour are not independent.
 *
 * @param measure a latency of the catalogue
 * @param gradual whether it looks for a slope and not for a step
 * @param ratio for sudden changes: multiple of the usual share over p95 that is too much, above 1
 * @param growth for gradual changes: relative growth of the typical latency that is too much
 * @param minimumUnits values that a reference must hold
 * @param alpha for sudden changes: chance of a false alarm that all slices of a tenant share, in a day
 */
public record LatencyChangeTest(
        String measure, boolean gradual, double ratio, double growth, long minimumUnits, double alpha)
        implements RuleTest {

    /** Length of the window that a sudden change is looked for in. */
    static final Duration CONFIRM = Duration.ofMinutes(5);

    @Override
    public SliceTest start() {
        return new SliceLatency(this);
    }

    @Override
    public SliceTest read(ByteReader reader) {
        SliceLatency state = new SliceLatency(this);
        state.read(reader);
        return state;
    }

    @Override
    public Duration memory() {
        return Duration.ofDays(8);
    }
}
