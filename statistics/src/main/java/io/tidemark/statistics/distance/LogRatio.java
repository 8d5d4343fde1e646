package io.tidemark.statistics.distance;

/** {@code ln(q / p)} that keeps its relative accuracy when the shares are almost equal. */
final class LogRatio {

    private static final double NEAR = 0.5;

    private LogRatio() {}

    /** The ratio of two positive shares of known difference {@code q - p}. */
    static double of(double q, double p, double difference) {
        double relative = difference / p;
        return Math.abs(relative) < NEAR ? Math.log1p(relative) : Math.log(q / p);
    }
}
