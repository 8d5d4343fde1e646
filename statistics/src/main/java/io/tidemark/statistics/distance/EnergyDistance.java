package io.tidemark.statistics.distance;

/**
 * Energy distance of two samples on the line, in the root of the unit of the values. Domain: [0, infinity).
 *
 * <p>{@code D^2 = 2 E|X-Y| - E|X-X'| - E|Y-Y'|} as a V-statistic, which on the line equals
 * {@code 2 integral (F - G)^2 dx}; the score is {@code D}.
 *
 * <p>G. J. Szekely, M. L. Rizzo, "Energy statistics: a class of statistics based on distances", J. Stat. Plan. Inference
 * 143(8), 2013, doi:10.1016/j.jspi.2013.03.018. Differs from the paper: the integral replaces the sums over pairs, so
 * that the effort is that of sorting and nothing cancels.
 */
public final class EnergyDistance implements SampleDistance {

    @Override
    public String id() {
        return "energy";
    }

    @Override
    public double score(double[] baseline, double[] current) {
        return Math.sqrt(squared(baseline, current));
    }

    /** {@code D^2}, in the unit of the values; errors as {@link #score}. */
    public double squared(double[] baseline, double[] current) {
        return 2 * EmpiricalGap.integrate(baseline, current, gap -> gap * gap);
    }
}
