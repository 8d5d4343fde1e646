package io.tidemark.statistics.special;

/** Sums of numbers that are kept as natural logarithms; minus infinity stands for zero. */
public final class LogSpace {

    private LogSpace() {}

    /** {@code ln(e^left + e^right)} without overflow. */
    public static double add(double left, double right) {
        double larger = Math.max(left, right);
        if (larger == Double.NEGATIVE_INFINITY) {
            return larger;
        }
        return larger + Math.log1p(Math.exp(Math.min(left, right) - larger));
    }

    /** {@code ln} of the mean of {@code e^value} over at least one value. */
    public static double mean(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum / values.length);
    }
}
