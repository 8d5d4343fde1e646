package io.tidemark.jobs.drift;

import java.util.HashMap;
import java.util.Map;

/**
 * What some cells would show if each of them still looked like its own baseline: their baselines, weighted with the traffic
 * that they have now. Sums of cells, so that the mixture of any slice, and of everything else, is an addition away.
 *
 * <p>The variance of such a mixture is that of {@code (sum c)^2 / sum(c^2 / n)} observations, {@code c} being the current traffic
 * of a baseline of {@code n} observations.
 */
final class Mixture {

    /** Added to every place, so that an empty one gives a finite ratio. */
    private static final double HALF = 0.5;

    private final double[] expected;
    private final long[] current;
    private final Map<String, Source> sources = new HashMap<>();
    private long uncovered;

    /** Traffic that is compared with one baseline. */
    private record Source(double traffic, double baselineN) {}

    Mixture(int places) {
        expected = new double[places];
        current = new long[places];
    }

    /**
     * Adds a cell.
     *
     * @param source identity of its baseline
     * @param baseline counts of its baseline; null when it has none, and then its traffic cannot be compared
     * @param counts counts of its window
     */
    void add(String source, long[] baseline, long[] counts) {
        long traffic = sum(counts);
        if (traffic == 0) {
            return;
        }
        if (baseline == null) {
            uncovered += traffic;
            return;
        }
        double n = sum(baseline);
        for (int i = 0; i < expected.length; i++) {
            expected[i] += traffic * (baseline[i] / n);
            current[i] += counts[i];
        }
        sources.merge(source, new Source(traffic, n), (left, right) -> new Source(left.traffic + right.traffic, n));
    }

    /** Window counts of the cells that have a baseline. */
    long[] current() {
        return current;
    }

    /** Whether most of the traffic has a baseline. */
    boolean coversMost() {
        return sum(current) > uncovered;
    }

    /** The mixture as counts of so many observations as its variance is worth. */
    long[] baseline() {
        double traffic = 0;
        double variance = 0;
        for (Source source : sources.values()) {
            traffic += source.traffic;
            variance += source.traffic * source.traffic / source.baselineN;
        }
        double worth = variance == 0 ? 0 : traffic / variance;
        long[] counts = new long[expected.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.round(expected[i] * worth);
        }
        return counts;
    }

    static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /**
     * A baseline as it would look had it moved as others did: each place is multiplied by what happened to it elsewhere.
     *
     * @param baseline what is moved
     * @param from the others before
     * @param to the others now
     */
    static long[] moved(long[] baseline, long[] from, long[] to) {
        double fromTotal = sum(from);
        double toTotal = sum(to);
        double[] moved = new double[baseline.length];
        double total = 0;
        for (int i = 0; i < moved.length; i++) {
            double before = (from[i] + HALF) / (fromTotal + HALF * from.length);
            double now = (to[i] + HALF) / (toTotal + HALF * to.length);
            moved[i] = baseline[i] * now / before;
            total += moved[i];
        }
        double worth = 1 / (1.0 / sum(baseline) + 1 / fromTotal + 1 / toTotal);
        long[] counts = new long[moved.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = total == 0 ? 0 : Math.round(moved[i] / total * worth);
        }
        return counts;
    }
}
