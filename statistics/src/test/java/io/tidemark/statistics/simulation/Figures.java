package io.tidemark.statistics.simulation;

import java.util.Arrays;

/** Summaries of simulated runs; each is printed, so that the table of the README can be read off a test run. */
public final class Figures {

    private Figures() {}

    /** Share of hits, printed under a name. */
    public static double share(String name, int hits, int runs) {
        double share = hits / (double) runs;
        System.out.printf("[figure] %s: %.4f (%d of %d)%n", name, share, hits, runs);
        return share;
    }

    /** A quantile by nearest rank, printed under a name. */
    public static double quantile(String name, double[] values, double rank) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double value = sorted[(int) Math.max(0, Math.ceil(rank * sorted.length) - 1)];
        System.out.printf("[figure] %s p%.0f: %.2f%n", name, rank * 100, value);
        return value;
    }

    /** The mean, printed under a name. */
    public static double mean(String name, double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        System.out.printf("[figure] %s: %.4f%n", name, mean);
        return mean;
    }

    /** Upper limit for a measured rate: the bound plus three binomial standard errors. */
    public static double withError(double bound, int runs) {
        return bound + 3 * Math.sqrt(bound * (1 - bound) / runs);
    }
}
