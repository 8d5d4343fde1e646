package io.tidemark.statistics.interval;

import static io.tidemark.statistics.error.InputChecks.finite;

/**
 * Lower and upper bound of a parameter, in its unit.
 *
 * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT if a bound is NaN or infinite
 */
public record Bounds(double lower, double upper) {

    public Bounds {
        finite("lower", lower);
        finite("upper", upper);
    }

    /** Half of the distance between the bounds. */
    public double halfWidth() {
        return (upper - lower) / 2;
    }

    /** Whether a value lies between the bounds, bounds included. */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }
}
