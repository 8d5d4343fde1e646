package io.tidemark.statistics.distance;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The gap {@code F(x) - G(x)} of two empirical distribution functions: its largest size, and integrals of it. */
final class EmpiricalGap {

    private EmpiricalGap() {}

    /** Takes the gap between two neighbouring values of the pooled samples. */
    private interface Step {
        void accept(double width, double gap);
    }

    static double integrate(double[] baseline, double[] current, DoubleUnaryOperator ofGap) {
        double[] integral = new double[1];
        walk(baseline, current, (width, gap) -> integral[0] += width * ofGap.applyAsDouble(gap));
        return integral[0];
    }

    static double supremum(double[] baseline, double[] current) {
        double[] largest = new double[1];
        walk(baseline, current, (width, gap) -> largest[0] = Math.max(largest[0], Math.abs(gap)));
        return largest[0];
    }

    private static void walk(double[] baseline, double[] current, Step step) {
        SampleChecks.check(baseline, current);
        double[] left = baseline.clone();
        double[] right = current.clone();
        Arrays.sort(left);
        Arrays.sort(right);
        double previous = Math.min(left[0], right[0]);
        int i = 0;
        int j = 0;
        while (i < left.length || j < right.length) {
            double next = nextValue(left, i, right, j);
            step.accept(next - previous, gap(i, left.length, j, right.length));
            i = skip(left, i, next);
            j = skip(right, j, next);
            previous = next;
        }
    }

    private static double gap(int i, int n, int j, int m) {
        return ((double) i * m - (double) j * n) / ((double) n * m);
    }

    private static double nextValue(double[] left, int i, double[] right, int j) {
        if (i == left.length) {
            return right[j];
        }
        return j == right.length ? left[i] : Math.min(left[i], right[j]);
    }

    private static int skip(double[] sorted, int from, double value) {
        int next = from;
        while (next < sorted.length && sorted[next] <= value) {
            next++;
        }
        return next;
    }
}
