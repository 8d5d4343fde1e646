package io.tidemark.benchmarks.canary;

import io.tidemark.benchmarks.canary.FaultyCanary.Outcome;
import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How soon a bad canary is rolled back, in event time with the delay of the watermark, and how rarely a healthy one is;
 * beside it the plain rule and the z test that is looked at each minute. Everything goes through the operator of the
 * canary job.
 */
public final class CanaryBenchmark {

    private static final ConfigurationKey<Integer> SEEDS =
            ConfigurationKey.integer("seeds", 50, 2, 10_000, "runs for each onset");
    private static final ConfigurationKey<Integer> HEALTHY =
            ConfigurationKey.integer("healthy", 200, 0, 10_000, "healthy rollouts of 24 hours");
    private static final ConfigurationKey<Integer> FIRST_HEALTHY =
            ConfigurationKey.integer("first-healthy-seed", 1, 1, 1_000_000, "seed of the first healthy rollout");
    private static final ConfigurationKey<String> OUT = ConfigurationKey.text("out", "", "file for the JSON report");
    private static final double ADDED_RATE = 0.10;
    private static final Map<String, Integer> ONSETS = onsets();

    private CanaryBenchmark() {}

    private static Map<String, Integer> onsets() {
        Map<String, Integer> onsets = new LinkedHashMap<>();
        onsets.put("from_the_start", 0);
        onsets.put("after_10_min", 60);
        onsets.put("after_10_h", 3_600);
        return onsets;
    }

    /** Runs the simulations and prints the report. */
    public static void main(String[] arguments) throws Exception {
        Configuration settings =
                Configuration.load(List.of(SEEDS, HEALTHY, FIRST_HEALTHY, OUT), Map.of(), List.of(arguments));
        BenchmarkReport report = new BenchmarkReport("canary", Clock.systemUTC());
        for (Map.Entry<String, Integer> onset : ONSETS.entrySet()) {
            report.with("ten_points_" + onset.getKey(), delays(settings.get(SEEDS), onset.getValue()));
        }
        report.with("healthy_24_h", healthy(settings.get(FIRST_HEALTHY), settings.get(HEALTHY)));
        report.print(settings.get(OUT).isEmpty() ? null : settings.get(OUT));
    }

    /** Delays of all rules over some seeds. */
    static Map<String, Object> delays(int seeds, int healthyPanes) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            outcomes.add(FaultyCanary.run(1_000 + seed, healthyPanes, ADDED_RATE));
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("runs", seeds);
        quantiles(figures, "tidemark", outcomes, Outcome::delaySeconds);
        figures.put("tidemark_before_onset", count(outcomes, outcome -> outcome.delaySeconds() <= 0));
        figures.put("tidemark_by_hard_limit", count(outcomes, Outcome::hardLimit));
        quantiles(figures, "plain_rule", outcomes, Outcome::plainSeconds);
        figures.put("plain_rule_before_onset", count(outcomes, Outcome::plainBeforeOnset));
        quantiles(figures, "z_test_each_minute", outcomes, Outcome::testSeconds);
        figures.put("z_test_before_onset", count(outcomes, Outcome::testBeforeOnset));
        return figures;
    }

    /** False rollbacks of all rules over some healthy rollouts. */
    static Map<String, Object> healthy(int firstSeed, int runs) throws Exception {
        int ours = 0;
        int plain = 0;
        int test = 0;
        for (int seed = firstSeed; seed < firstSeed + runs; seed++) {
            HealthyCanary.Outcome outcome = HealthyCanary.run(seed);
            ours += outcome.rolledBack() ? 1 : 0;
            plain += outcome.plainRolledBack() ? 1 : 0;
            test += outcome.testRolledBack() ? 1 : 0;
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("runs", runs);
        figures.put("tidemark_false_rollbacks", ours);
        figures.put("plain_rule_false_rollbacks", plain);
        figures.put("z_test_false_rollbacks", test);
        return figures;
    }

    private static void quantiles(
            Map<String, Object> figures, String rule, List<Outcome> outcomes, ToDoubleFunction<Outcome> seconds) {
        double[] sorted = outcomes.stream().mapToDouble(seconds).sorted().toArray();
        figures.put(rule + "_median_s", quantile(sorted, 0.5));
        figures.put(rule + "_p95_s", quantile(sorted, 0.95));
    }

    /** Nearest rank. */
    static double quantile(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static long count(List<Outcome> outcomes, java.util.function.Predicate<Outcome> condition) {
        return outcomes.stream().filter(condition).count();
    }
}
