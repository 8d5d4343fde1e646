package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.positive;

import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.counts.TwoArmMoments;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;

/**
 * Mixture sequential probability ratio test (mSPRT) of a difference of means, canary minus baseline.
 *
 * <p>Null hypothesis: equal means. With {@code v = s1^2/n1 + s0^2/n0} and {@code d = mean1 - mean0},
 * {@code ln L = ln(v/(v + tau2))/2 + tau2 d^2 / (2 v (v + tau2))}: the likelihood ratio of a normal prior of variance
 * {@code tau2} on the difference. The always-valid p-value at one look is {@code min(1, 1/L)}; a stream keeps its
 * smallest.
 *
 * <p>The guarantee is asymptotic. Until each arm has the burn-in the evidence is 1: take 100 for scores in [0, 1] and
 * 1000 for the logarithm of a cost. On heavy tails without burn-in the level is lost (a test shows it).
 *
 * <p>State: count, mean and squared deviations of each arm; means in the unit of the values. Domain: finite values.
 *
 * <p>H. Robbins, Ann. Math. Stat. 41(5), 1970, doi:10.1214/aoms/1177696786; R. Johari, P. Koomen, L. Pekelis, D. Walsh,
 * "Always Valid Inference", Oper. Res. 70(3), 2022, doi:10.1287/opre.2021.2135. Differs from the papers: estimated
 * variances, arms of different size, and the burn-in.
 *
 * <p>Throws {@link StatisticsException}: OUT_OF_RANGE for {@code tau2} not above 0, INSUFFICIENT_DATA for a burn-in under
 * two values or a look at fewer, DEGENERATE_VARIANCE when both variances are 0, NON_FINITE_INPUT by {@link Moments}.
 */
public final class NormalMixtureEProcess implements MergeableEProcess<TwoArmMoments, TwoArmMoments> {

    private final double priorVariance;
    private final long burnIn;

    /**
     * @param priorVariance {@code tau2}, square of the difference that matters, in squared units of the values
     * @param burnIn values that each arm must have before there is evidence, at least 2
     */
    public NormalMixtureEProcess(double priorVariance, long burnIn) {
        this.priorVariance = positive("priorVariance", priorVariance);
        atLeast("burnIn", burnIn, 2);
        this.burnIn = burnIn;
    }

    @Override
    public TwoArmMoments start() {
        return TwoArmMoments.NONE;
    }

    @Override
    public TwoArmMoments update(TwoArmMoments state, TwoArmMoments pane) {
        return state.plus(pane);
    }

    @Override
    public TwoArmMoments merge(TwoArmMoments left, TwoArmMoments right) {
        return left.plus(right);
    }

    /** Evidence against equal means: 1, that is 0 as a logarithm, until both arms have the burn-in. */
    @Override
    public double logEvidence(TwoArmMoments state) {
        boolean burntIn = Math.min(state.canary().count(), state.baseline().count()) >= burnIn;
        return burntIn ? look(state).logLikelihoodRatio() : 0;
    }

    /** One look, burn-in or not. */
    public Look look(TwoArmMoments state) {
        double squaredError = squaredError(state.canary()) + squaredError(state.baseline());
        if (squaredError == 0) {
            throw new StatisticsException(
                    ErrorCode.DEGENERATE_VARIANCE, "all values of the canary are equal, and all of the baseline");
        }
        double difference = state.canary().mean() - state.baseline().mean();
        double widened = squaredError + priorVariance;
        double logRatio = -Math.log1p(priorVariance / squaredError) / 2
                + priorVariance * difference * difference / (2 * squaredError * widened);
        return new Look(difference, logRatio, Math.min(1, Math.exp(-logRatio)));
    }

    private static double squaredError(Moments arm) {
        return arm.variance() / arm.count();
    }

    /**
     * What one look says.
     *
     * @param difference mean of the canary minus mean of the baseline, in the unit of the values
     * @param logLikelihoodRatio natural logarithm of the mixture likelihood ratio
     * @param alwaysValidP p-value at this look, in [0, 1]
     */
    public record Look(double difference, double logLikelihoodRatio, double alwaysValidP) {}
}
