package io.tidemark.statistics.distance;

/**
 * Upper tail of the Kolmogorov law, the limit law of the scaled two-sided Kolmogorov-Smirnov distance.
 *
 * <p>{@code Q(x) = 2 sum((-1)^(k-1) exp(-2 k^2 x^2))}; for small {@code x}, where that series alternates slowly,
 * {@code 1 - sqrt(2 pi) / x sum(exp(-(2k-1)^2 pi^2 / (8 x^2)))}.
 *
 * <p>A. N. Kolmogorov, "Sulla determinazione empirica di una legge di distribuzione", G. Ist. Ital. Attuari 4, 1933.
 * Our own series, because the asymptotic p-value of Commons Statistics 1.2 is another approximation than this limit.
 */
final class KolmogorovLimit {

    /** Where both series need equally many terms. */
    private static final double CROSSOVER = 1.18;

    private static final int TERMS = 10;

    private KolmogorovLimit() {}

    static double survival(double x) {
        if (x <= 0) {
            return 1;
        }
        double probability = x < CROSSOVER ? 1 - lowerSeries(x) : upperSeries(x);
        return Math.min(1, Math.max(0, probability));
    }

    private static double lowerSeries(double x) {
        double sum = 0;
        for (int k = 1; k <= TERMS; k++) {
            double odd = (2 * k - 1) * Math.PI / x;
            sum += Math.exp(-odd * odd / 8);
        }
        return Math.sqrt(2 * Math.PI) / x * sum;
    }

    private static double upperSeries(double x) {
        double sum = 0;
        for (int k = TERMS; k >= 1; k--) {
            double term = Math.exp(-2.0 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
        }
        return 2 * sum;
    }
}
