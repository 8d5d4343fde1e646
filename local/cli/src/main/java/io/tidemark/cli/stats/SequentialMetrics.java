package io.tidemark.cli.stats;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.counts.TwoArmMoments;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.sequential.BurnRate;
import io.tidemark.statistics.sequential.LogRatios;
import io.tidemark.statistics.sequential.NormalMixtureEProcess;
import io.tidemark.statistics.sequential.QuantileRankSequence;
import io.tidemark.statistics.sequential.RateLimitEProcess;
import io.tidemark.statistics.sequential.RateRatioEProcess;
import io.tidemark.statistics.sequential.ShareCountEProcess;
import java.util.Arrays;
import java.util.List;

/** Tests that may be looked at again and again. */
final class SequentialMetrics {

    private static final int SMALLEST_BURN_IN = 2;
    private static final int PANE_COLUMNS = 4;

    private SequentialMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("msprt_normal", SequentialMetrics::normalMixture),
                Metric.of("eprocess_rate_le", SequentialMetrics::rateLimit),
                Metric.of("canary_counts", SequentialMetrics::shareCounts),
                Metric.of("canary_rate_ratio", SequentialMetrics::rateRatio),
                Metric.of("quantile_cs_rank", SequentialMetrics::quantileRanks),
                Metric.of("burn_rate", SequentialMetrics::burnRate));
    }

    private static MetricOutputs normalMixture(MetricInputs inputs) {
        TwoArmMoments arms = new TwoArmMoments(moments(inputs, "canary"), moments(inputs, "baseline"));
        NormalMixtureEProcess.Look look = new NormalMixtureEProcess(inputs.number("tau2"), SMALLEST_BURN_IN).look(arms);
        return new MetricOutputs()
                .number("delta", look.difference())
                .number("log_lambda", look.logLikelihoodRatio())
                .number("always_valid_p", look.alwaysValidP());
    }

    private static Moments moments(MetricInputs inputs, String arm) {
        return Moments.ofVariance(inputs.whole("n_" + arm), inputs.number("mean_" + arm), inputs.number("var_" + arm));
    }

    private static MetricOutputs rateLimit(MetricInputs inputs) {
        BinomialCounts units = new BinomialCounts(inputs.whole("successes"), inputs.whole("failures"));
        RateLimitEProcess process =
                new RateLimitEProcess(inputs.number("p0"), inputs.number("a", 0.5), inputs.number("b", 0.5));
        return new MetricOutputs().number("log_e", process.logEvidence(units));
    }

    private static MetricOutputs shareCounts(MetricInputs inputs) {
        BinomialCounts events = new BinomialCounts(inputs.whole("events_canary"), inputs.whole("events_baseline"));
        return new MetricOutputs()
                .number("log_e_two_sided", shareCounts(inputs, ShareCountEProcess.Side.TWO_SIDED, events))
                .number("log_e_canary_worse", shareCounts(inputs, ShareCountEProcess.Side.CANARY_WORSE, events));
    }

    private static double shareCounts(MetricInputs inputs, ShareCountEProcess.Side side, BinomialCounts events) {
        double share = inputs.number("canary_share");
        return new ShareCountEProcess(share, inputs.number("a", 1), inputs.number("b", 1), side).logEvidence(events);
    }

    private static MetricOutputs rateRatio(MetricInputs inputs) {
        RateRatioEProcess process = RateRatioEProcess.usual();
        double alpha = InputChecks.strictlyBetween("alpha", inputs.number("alpha"), 0, 1);
        long[][] panes = inputs.wholeRows("panes");
        InputChecks.atLeast("panes", panes.length, 1);
        double[] path = new double[panes.length];
        LogRatios state = process.start();
        int alarm = -1;
        for (int i = 0; i < panes.length; i++) {
            InputChecks.sameLength("columns of a pane", panes[i].length, "expected columns", PANE_COLUMNS);
            state = process.update(state, new TwoArmCounts(panes[i][0], panes[i][1], panes[i][2], panes[i][3]));
            path[i] = process.logEvidence(state);
            alarm = alarm < 0 && process.rejects(state, alpha) ? i : alarm;
        }
        MetricOutputs outputs = new MetricOutputs()
                .numbers("log_e_path", path)
                .numbers("log_e_by_ratio", state.values())
                .number("best_ratio", process.bestRatio(state));
        return alarm < 0 ? outputs.none("alarm_pane") : outputs.whole("alarm_pane", alarm);
    }

    private static MetricOutputs quantileRanks(MetricInputs inputs) {
        QuantileRankSequence.Ranks ranks =
                new QuantileRankSequence(inputs.number("alpha")).ranks(inputs.whole("n"), inputs.number("p"));
        return new MetricOutputs()
                .number("l", ranks.l())
                .number("f", ranks.margin())
                .number("lower_rank", ranks.lower())
                .number("upper_rank", ranks.upper());
    }

    private static MetricOutputs burnRate(MetricInputs inputs) {
        BurnRate burnRate = new BurnRate(inputs.number("allowed_bad_fraction"));
        double[] rates = Arrays.stream(inputs.wholeRows("windows"))
                .mapToDouble(window -> {
                    InputChecks.sameLength("columns of a window", window.length, "expected columns", 2);
                    return burnRate.of(BinomialCounts.of(window[0], window[1]));
                })
                .toArray();
        return new MetricOutputs().numbers("burn_rates", rates);
    }
}
