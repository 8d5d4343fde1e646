package io.tidemark.benchmarks.judging;

import io.tidemark.statistics.agreement.CohenKappa;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.interval.WilsonInterval;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Verdicts of a judge beside those of people. Where a judge needs a threshold, it is chosen on the things of even number and
 * judged on those of odd number, which had no part in the choice. Intervals are of 95 %.
 *
 * @param people verdict of people on each thing, from 0
 * @param verdicts how many different verdicts there are
 */
record Comparison(List<Integer> people, int verdicts) {

    private static final WilsonInterval INTERVAL = new WilsonInterval(0.95);

    /** Quantile of the normal distribution for a 95 % interval. */
    private static final double NORMAL_95 = 1.96;

    /** How many thresholds are tried: quantiles of the scores, evenly spread. */
    private static final int THRESHOLDS = 200;

    /** Agreement on the things of odd number, as a judge without a threshold gives it. */
    String fixed(IntUnaryOperator judge) {
        return sentence(kappa(judge, 1));
    }

    /** Agreement on the things of odd number, with the threshold that is best on those of even number. */
    String chosen(double[] scores, DoubleFunction<IntUnaryOperator> judge) {
        double[] sorted = DoubleStream.of(scores).sorted().toArray();
        double best = IntStream.range(0, THRESHOLDS)
                .mapToDouble(i -> sorted[(int) ((long) i * sorted.length / THRESHOLDS)])
                .boxed()
                .max(java.util.Comparator.comparingDouble(
                        threshold -> kappa(judge.apply(threshold), 0).kappa()))
                .orElseThrow();
        return "%s, threshold %.4f".formatted(sentence(kappa(judge.apply(best), 1)), best);
    }

    private CohenKappa kappa(IntUnaryOperator judge, int remainder) {
        long[][] table = new long[verdicts][verdicts];
        for (int i = remainder; i < people.size(); i += 2) {
            table[judge.applyAsInt(i)][people.get(i)]++;
        }
        return CohenKappa.of(table);
    }

    private static String sentence(CohenKappa kappa) {
        long agreed = Math.round(kappa.agreement() * kappa.n());
        Bounds agreement = INTERVAL.of(BinomialCounts.of(agreed, kappa.n()));
        double margin = NORMAL_95 * kappa.standardError();
        return String.format(
                Locale.ROOT,
                "n %d, agreement %.3f (%.3f to %.3f), kappa %.3f (%.3f to %.3f)",
                kappa.n(),
                kappa.agreement(),
                agreement.lower(),
                agreement.upper(),
                kappa.kappa(),
                kappa.kappa() - margin,
                kappa.kappa() + margin);
    }
}
