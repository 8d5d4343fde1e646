package io.tidemark.benchmarks.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The small run of {@code benchmarks/run canary}; its limits are the promises of the product. */
class CanarySimulationTest {

    private static final int SEEDS = 50;

    @Test
    void tenPointsFromTheFirstRequestAreRolledBackInAMinute() throws Exception {
        assertDelays(CanaryBenchmark.delays(SEEDS, 0), 60, 110);
    }

    @Test
    void tenPointsAfterTenHealthyMinutesAreRolledBackInAMinuteAndAHalf() throws Exception {
        assertDelays(CanaryBenchmark.delays(SEEDS, 60), 90, 160);
    }

    @Test
    void tenPointsAfterTenHealthyHoursAreRolledBackInAMinuteAndAHalf() throws Exception {
        assertDelays(CanaryBenchmark.delays(SEEDS, 3_600), 90, 160);
    }

    @Test
    void healthyRolloutsWithBurstySessionsStayWherePlainRulesRollBack() throws Exception {
        Map<String, Object> figures = CanaryBenchmark.healthy(1, 6);

        assertThat(figures).containsEntry("tidemark_false_rollbacks", 0);
        assertThat(figures).containsEntry("plain_rule_false_rollbacks", 6);
    }

    private static void assertDelays(Map<String, Object> figures, double medianSeconds, double p95Seconds) {
        assertThat((double) figures.get("tidemark_median_s")).isPositive().isLessThanOrEqualTo(medianSeconds);
        assertThat((double) figures.get("tidemark_p95_s")).isLessThanOrEqualTo(p95Seconds);
        assertThat(figures).containsEntry("tidemark_before_onset", 0L);
    }
}
