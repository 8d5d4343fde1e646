package io.tidemark.statistics.counts;

import static io.tidemark.statistics.error.InputChecks.count;
import static io.tidemark.statistics.error.InputChecks.partOf;

/**
 * Bad units and all units of a canary and of the baseline that ran beside it, in one pane or one stratum. A unit is the
 * unit of randomisation (a session, a tenant), not the request: bursts inside a session are one event.
 *
 * @param canaryBad bad units of the canary, 0 to {@code canaryTotal}
 * @param canaryTotal all units of the canary
 * @param baselineBad bad units of the baseline, 0 to {@code baselineTotal}
 * @param baselineTotal all units of the baseline
 * @throws io.tidemark.statistics.error.StatisticsException NEGATIVE_COUNT for a count below 0, OUT_OF_RANGE for more bad
 *     units than units
 */
public record TwoArmCounts(long canaryBad, long canaryTotal, long baselineBad, long baselineTotal) {

    /** No traffic: neutral in {@link #plus}. */
    public static final TwoArmCounts NONE = new TwoArmCounts(0, 0, 0, 0);

    public TwoArmCounts {
        partOf("canaryBad", count("canaryBad", canaryBad), "canaryTotal", count("canaryTotal", canaryTotal));
        partOf(
                "baselineBad",
                count("baselineBad", baselineBad),
                "baselineTotal",
                count("baselineTotal", baselineTotal));
    }

    /** Both sets of units together: exact within a pane and within a stratum. */
    public TwoArmCounts plus(TwoArmCounts other) {
        return new TwoArmCounts(
                canaryBad + other.canaryBad,
                canaryTotal + other.canaryTotal,
                baselineBad + other.baselineBad,
                baselineTotal + other.baselineTotal);
    }

    /** Units of both arms. */
    public long total() {
        return canaryTotal + baselineTotal;
    }

    /** Bad units of both arms. */
    public long bad() {
        return canaryBad + baselineBad;
    }
}
