package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.between;
import static io.tidemark.statistics.error.InputChecks.finite;

/**
 * One-sided CUSUM for an upward shift of standardised values: {@code S <- max(0, S + x - k)}, alarm when {@code S > h}.
 * For a downward shift feed {@code -x}. With {@code k = 0.5}, {@code h = 5} on independent standard normal values a false
 * alarm comes every 930.9 values, and a shift by one standard deviation is found after 10.4; {@link CusumRunLength}
 * computes both.
 *
 * <p>State: one double, in standard deviations. Domain: finite values; to be standardised by a model that includes the
 * daily cycle, else the run length does not hold.
 *
 * <p>E. S. Page, "Continuous Inspection Schemes", Biometrika 41(1-2), 1954, doi:10.1093/biomet/41.1-2.100. Same as the
 * paper.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: NON_FINITE_INPUT for a value or setting that is not
 * finite, OUT_OF_RANGE for {@code h} below 0.
 */
public final class CusumDetector implements ChangeDetector<CusumDetector.Sum, Double> {

    private final double allowance;
    private final double threshold;

    /**
     * @param allowance {@code k}, in standard deviations; half of the shift to be found
     * @param threshold {@code h}, in standard deviations, at least 0
     */
    public CusumDetector(double allowance, double threshold) {
        this.allowance = finite("allowance", allowance);
        this.threshold = between("threshold", threshold, 0, Double.MAX_VALUE);
    }

    @Override
    public Sum start() {
        return new Sum(0);
    }

    @Override
    public Sum update(Sum state, Double value) {
        return new Sum(Math.max(0, state.value() + finite("value", value) - allowance));
    }

    @Override
    public boolean alarms(Sum state) {
        return state.value() > threshold;
    }

    /** The cumulative sum, in standard deviations, at least 0. */
    public record Sum(double value) {
        public Sum {
            between("value", value, 0, Double.MAX_VALUE);
        }
    }
}
