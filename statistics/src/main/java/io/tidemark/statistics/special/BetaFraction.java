package io.tidemark.statistics.special;

/** The continued fraction of the incomplete beta integral, by the modified Lentz method. */
final class BetaFraction {

    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-15;
    private static final long MAXIMUM_STEPS = 1_000_000_000L;

    private BetaFraction() {}

    /** {@code a / (x^a (1-x)^b)} times the integral from 0 to x; quick for x up to {@code (a+1)/(a+b+2)}. */
    static double value(double a, double b, double x) {
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double fraction = d;
        for (long m = 1; m <= MAXIMUM_STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            double factor = d * c;
            fraction *= factor;
            if (Math.abs(factor - 1) <= PRECISION) {
                return fraction;
            }
        }
        throw new IllegalStateException(
                "the incomplete beta fraction did not converge for a=%s, b=%s, x=%s".formatted(a, b, x));
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
