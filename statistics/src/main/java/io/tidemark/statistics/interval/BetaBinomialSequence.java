package io.tidemark.statistics.interval;

import static io.tidemark.statistics.error.InputChecks.positive;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.special.LogBeta;

/**
 * Confidence sequence for a proportion: the bounds hold at all looks at once. For shadow agreement: promote when the lower
 * bound reaches the limit, stop when the upper one falls under it.
 *
 * <p>All {@code p} with {@code ln B(a+s, b+f) - ln B(a, b) - s ln p - f ln(1-p) < ln(1/alpha)}. Without a trial the bounds
 * are 0 and 1. State: two counts. Domain: counts up to 1e12.
 *
 * <p>H. Robbins, Ann. Math. Stat. 41(5), 1970, doi:10.1214/aoms/1177696786; M. Lindon, A. Malek, NeurIPS 2022. Same as
 * the papers for two categories; the prior of Jeffreys is usual.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for alpha outside (0, 1) or a prior not
 * above 0.
 */
public final class BetaBinomialSequence implements ProportionInterval {

    private static final double JEFFREYS = 0.5;

    private final double logThreshold;
    private final double a;
    private final double b;

    /**
     * @param alpha chance that the proportion ever leaves the bounds, in (0, 1)
     * @param a prior weight of successes, above 0
     * @param b prior weight of failures, above 0
     */
    public BetaBinomialSequence(double alpha, double a, double b) {
        this.logThreshold = -Math.log(strictlyBetween("alpha", alpha, 0, 1));
        this.a = positive("a", a);
        this.b = positive("b", b);
    }

    /** With the prior of Jeffreys, Beta(1/2, 1/2). */
    public static BetaBinomialSequence usual(double alpha) {
        return new BetaBinomialSequence(alpha, JEFFREYS, JEFFREYS);
    }

    @Override
    public Bounds of(BinomialCounts counts) {
        return new Bounds(lower(counts, a, b), 1 - lower(counts.swapped(), b, a));
    }

    /**
     * Natural logarithm of the evidence that the proportion is another than {@code p}: the bounds leave {@code p} out when it
     * reaches {@code ln(1/alpha)}.
     *
     * @param p proportion, in (0, 1)
     */
    public double logEvidence(BinomialCounts counts, double p) {
        strictlyBetween("p", p, 0, 1);
        return logEvidence(a, b, a + counts.successes(), b + counts.failures(), p);
    }

    private static double logEvidence(double priorA, double priorB, double posteriorA, double posteriorB, double p) {
        return LogBeta.complete(posteriorA, posteriorB, p) - LogBeta.complete(priorA, priorB, p);
    }

    private double lower(BinomialCounts counts, double priorA, double priorB) {
        if (counts.successes() == 0) {
            return 0;
        }
        double posteriorA = priorA + counts.successes();
        double posteriorB = priorB + counts.failures();
        double likeliest = counts.successes() / (double) counts.trials();
        return Bisection.smallestAbove(
                p -> logEvidence(priorA, priorB, posteriorA, posteriorB, p) < logThreshold, likeliest);
    }
}
