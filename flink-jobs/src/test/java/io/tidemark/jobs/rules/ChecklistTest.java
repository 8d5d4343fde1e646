package io.tidemark.jobs.rules;

import static io.tidemark.jobs.rules.Traffic.DAY;
import static io.tidemark.jobs.rules.Traffic.HOUR;
import static io.tidemark.jobs.rules.Traffic.MINUTE;
import static io.tidemark.jobs.rules.Traffic.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.rules.model.ShippedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each number of the requirements checklist (A1, A2, A4, A7): what is on its right side is silent, what is over it is told. */
class ChecklistTest {

    private static final int SILENT = 0;

    /**
     * A case.
     *
     * @param number row and number of the checklist
     * @param rule rule that holds the number
     * @param told number of slices that are told
     * @param traffic what happens
     */
    record Case(String number, String rule, int told, Supplier<Traffic> traffic) {
        @Override
        public String toString() {
            return "%s: %s %s".formatted(number, rule, told == SILENT ? "is silent" : "tells " + told);
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        errors(cases);
        autoscaling(cases);
        quotas(cases);
        latency(cases);
        recommender(cases);
        cost(cases);
        behaviour(cases);
        return cases.stream();
    }

    private static void add(List<Case> cases, String number, String rule, int told, Supplier<Traffic> traffic) {
        cases.add(new Case(number, rule, told, traffic));
    }

    private static void errors(List<Case> cases) {
        add(cases, "A1 H3 error rate at 0.5 %", "error-rate", 0, () -> Traffic.rate("errors", 0.005, 6 * HOUR));
        add(cases, "A1 H3 error rate over 0.5 %", "error-rate", 1, () -> Traffic.rate("errors", 0.01, HOUR));
        add(cases, "A1 H3 5xx over 0.5 %", "error-rate-5xx", 1, () -> Traffic.rate("errors_5xx", 0.01, HOUR));
        add(cases, "A7 R1 a single bad pane", "error-rate", 0, () -> Traffic.rate("errors", 0, HOUR)
                .thenRate("errors", 0.02, 10 * SECOND)
                .thenRate("errors", 0, HOUR));
        add(
                cases,
                "A1 H12 burn under 14.4",
                "availability-burn-fast",
                0,
                () -> Traffic.rate("errors", 0.0143, 2 * HOUR));
        add(
                cases,
                "A1 H12 burn over 14.4",
                "availability-burn-fast",
                1,
                () -> Traffic.rate("errors", 0.0146, 2 * HOUR));
        add(
                cases,
                "A1 H12 less than the hour",
                "availability-burn-fast",
                0,
                () -> Traffic.rate("errors", 0.05, 55 * MINUTE));
        add(
                cases,
                "A1 H12 burn under 6",
                "availability-burn-medium",
                0,
                () -> Traffic.rate("errors", 0.0059, 7 * HOUR));
        add(cases, "A1 H12 burn over 6", "availability-burn-medium", 1, () -> Traffic.rate("errors", 0.0062, 7 * HOUR));
        add(cases, "A1 H12 burn under 1", "availability-burn-slow", 0, () -> Traffic.rate("errors", 0.0009, 4 * DAY));
        add(cases, "A1 H12 burn over 1", "availability-burn-slow", 1, () -> Traffic.rate("errors", 0.0015, 4 * DAY));
    }

    private static void autoscaling(List<Case> cases) {
        add(
                cases,
                "A1 H7 queue of 10",
                "scale-up-queue",
                0,
                () -> Traffic.level("all", "queue_depth", 1, 10, 5 * MINUTE));
        add(cases, "A1 H7 queue over 10 for 50 s", "scale-up-queue", 0, () -> queue(11, 50 * SECOND));
        add(cases, "A1 H7 queue over 10 for 60 s", "scale-up-queue", 1, () -> queue(11, 60 * SECOND));
        add(cases, "A1 H7 p99 TTFT under 800 ms", "scale-up-ttft", 0, () -> ttft(780));
        add(cases, "A1 H7 p99 TTFT over 800 ms", "scale-up-ttft", 1, () -> ttft(820));
        add(cases, "A1 H8 GPU under 70 %", "scale-up-gpu", 0, () -> gpu(0.69, 5 * MINUTE));
        add(cases, "A1 H8 GPU over 70 % for 30 s", "scale-up-gpu", 1, () -> gpu(0.71, 30 * SECOND));
        add(cases, "A1 H8 low load for 14 min", "scale-down-queue", 0, () -> queue(0.5, 14 * MINUTE));
        add(cases, "A1 H8 low load for 15 min", "scale-down-queue", 1, () -> queue(0.5, 15 * MINUTE));
        add(cases, "A1 H10 79 % of the capacity", "load-shed", 0, () -> Traffic.quota(0.79));
        add(cases, "A1 H10 80 % of the capacity", "load-shed", 1, () -> Traffic.quota(0.80));
    }

    private static Traffic queue(double depth, long durationMillis) {
        return Traffic.level("all", "queue_depth", 1, depth, durationMillis);
    }

    private static Traffic ttft(double millis) {
        return Traffic.level("all", "ttft", 1_000, millis, 2 * MINUTE);
    }

    private static Traffic gpu(double utilization, long durationMillis) {
        return Traffic.level("all", "gpu_utilization", 1_000_000, utilization, durationMillis);
    }

    private static void quotas(List<Case> cases) {
        add(cases, "A1 H9 tokens at 69 %", "tokens-per-minute", 0, () -> Traffic.quota(0.69));
        add(cases, "A1 H9 tokens at 70 %", "tokens-per-minute", 1, () -> Traffic.quota(0.70));
        add(cases, "A1 H9 requests at 69 %", "requests-per-minute", 0, () -> Traffic.quota(0.69));
        add(cases, "A1 H9 requests at 70 %", "requests-per-minute", 1, () -> Traffic.quota(0.70));
        add(cases, "A1 H9 status 429", "rate-limited", 1, () -> Traffic.rate("rate_limited", 0.05, HOUR));
    }

    private static void recommender(List<Case> cases) {
        add(
                cases,
                "A1 H3 a recommender's errors at 1 %",
                "recommender-errors",
                0,
                () -> Traffic.rate("errors", 0.01, 6 * HOUR));
        add(
                cases,
                "A1 H3 a recommender's errors over 1 %",
                "recommender-errors",
                1,
                () -> Traffic.rate("errors", 0.02, HOUR));
        add(cases, "A1 H4 p99 of 100 ms", "recommender-latency", 0, () -> slow(1, 6 * HOUR));
        add(cases, "A1 H4 p99 over 100 ms", "recommender-latency", 1, () -> slow(2, HOUR));
    }

    /** Calls of 40 ms, of which so many in a hundred take 160 ms. */
    private static Traffic slow(int inHundred, long durationMillis) {
        Traffic traffic = new Traffic();
        double[] values = new double[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < inHundred ? 160 : 40;
        }
        for (long time = 0; time < durationMillis; time += Panes.PANE_MILLIS) {
            traffic.rows().add(Panes.values(Panes.tenant("acme", time), "end_to_end", 1_000, values));
        }
        return traffic;
    }

    private static void latency(List<Case> cases) {
        String sudden = "latency-sudden-end-to-end";
        String gradual = "latency-gradual-end-to-end";
        add(cases, "A1 H11 100 ms, steady", sudden, 0, () -> Traffic.latency(9, hour -> 100, hour -> 500));
        add(cases, "A1 H11 100 to 150 ms at once", sudden, 1, () -> Traffic.latency(9, step(150), hour -> 500));
        add(cases, "A1 H11 100 to 150 ms at once", gradual, 0, () -> Traffic.latency(9, step(150), hour -> 500));
        add(cases, "A1 H11 100 to 500 ms over a week", gradual, 1, () -> Traffic.latency(12, slope(), hour -> 500));
        add(cases, "A1 H11 by time of day", sudden, 0, () -> Traffic.latency(15, ChecklistTest::daily, hour -> 500));
        add(cases, "A1 H11 by time of day", gradual, 0, () -> Traffic.latency(15, ChecklistTest::daily, hour -> 500));
        add(cases, "A1 H11 by input size", sudden, 0, () -> Traffic.latency(9, step(250), step(1_250)));
        add(cases, "A1 H11 by input size", gradual, 0, () -> Traffic.latency(12, slope(), slope()));
    }

    private static LongToDoubleFunction step(double after) {
        double before = after > 1_000 ? 500 : 100;
        return hour -> hour < 8 * 24 + 3 ? before : after;
    }

    /** From the fifth day on, five times as much within a week. */
    private static LongToDoubleFunction slope() {
        return hour -> 100 * Math.pow(5, Math.max(0, Math.min(7 * 24.0, hour - 4 * 24)) / (7 * 24));
    }

    private static double daily(long hour) {
        return 100 * (1 + 0.5 * Math.sin(2 * Math.PI * (hour % 24) / 24));
    }

    private static void cost(List<Case> cases) {
        add(cases, "A2 C2 cost +19 %", "cost-growth", 0, () -> cost(1.19, 100));
        add(cases, "A2 C2 cost +21 %", "cost-growth", 1, () -> cost(1.21, 100));
        add(cases, "A2 C2 too few calls", "cost-growth", 0, () -> cost(1.5, 1));
        add(
                cases,
                "A2 C2 weekend and weekday",
                "cost-growth",
                0,
                () -> Traffic.cost(TrafficRole.PRODUCTION, day -> day % 7 < 2 ? 10_000 : 30_000, 100));
        add(
                cases,
                "A2 C6 shadow cost is no production cost",
                "cost-growth",
                0,
                () -> Traffic.cost(TrafficRole.SHADOW, day -> day < 7 ? 10_000 : 20_000, 100));
        add(
                cases,
                "A2 C6 shadow cost apart",
                "shadow-cost-growth",
                1,
                () -> Traffic.cost(TrafficRole.SHADOW, day -> day < 7 ? 10_000 : 20_000, 100));
    }

    private static Traffic cost(double growth, int calls) {
        return Traffic.cost(TrafficRole.PRODUCTION, day -> day < 7 ? 10_000 : 10_000 * growth, calls);
    }

    private static void behaviour(List<Case> cases) {
        add(cases, "A4 B1 refusals at 5 %", "refusal-rate", 0, () -> Traffic.rate("refusals", 0.05, 3 * HOUR));
        add(cases, "A4 B1 over 5 % for 29 min", "refusal-rate", 0, () -> refusals(29 * MINUTE));
        add(cases, "A4 B1 over 5 % for 30 min", "refusal-rate", 1, () -> refusals(31 * MINUTE));
        add(
                cases,
                "A4 B2 guardrail blocks",
                "guardrail-block-rate",
                1,
                () -> Traffic.rate("guardrail_blocked", 0.1, HOUR));
        add(cases, "A4 B3 jailbreaks", "jailbreak-rate", 1, () -> Traffic.rate("jailbreaks", 0.01, HOUR));
        add(cases, "A4 B3 personal data", "pii-rate", 1, () -> Traffic.rate("pii_found", 0.05, HOUR));
        add(cases, "A4 B5 retries", "retry-rate", 1, () -> Traffic.rate("retried", 0.2, HOUR));
        add(
                cases,
                "A7 R1 sustained for less than 15 min",
                "retry-rate",
                0,
                () -> Traffic.rate("retried", 0.2, 14 * MINUTE));
        add(cases, "A4 B8 twice the usual", "noisy-tenant", 0, () -> Traffic.tenants(8, 2, 2));
        add(cases, "A4 B8 three times the usual", "noisy-tenant", 2, () -> Traffic.tenants(8, 2, 4));
        add(cases, "A4 B8 top five", "noisy-tenant", 5, () -> Traffic.tenants(20, 9, 4));
        add(cases, "A7 no data", "no-data", 1, () -> {
            Traffic traffic = Traffic.rate("errors", 0, 10 * MINUTE);
            traffic.rows().add(Panes.row("all", null, null, null, 16 * MINUTE));
            return traffic;
        });
    }

    private static Traffic refusals(long durationMillis) {
        return Traffic.rate("refusals", 0.08, durationMillis);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachNumberOfTheChecklist(Case each) throws Exception {
        Map<String, String> shipped = new TreeMap<>(ShippedRules.texts());
        shipped.putAll(ShippedRules.textsFor("recommender"));
        Map<String, String> rule = Map.of(each.rule + ".yaml", shipped.get(each.rule + ".yaml"));
        try (RulesRun run = new RulesRun(rule)) {
            TreeSet<String> told = new TreeSet<>();
            long last = 0;
            for (WindowRow row : each.traffic.get().rows()) {
                if (row.getWindowStart().toEpochMilli() != last) {
                    last = row.getWindowStart().toEpochMilli();
                    run.timeIs(last - 1);
                }
                run.send(row);
            }
            run.timeIs(Long.MAX_VALUE);
            for (RulesRun.Told signal : run.told()) {
                if (signal.breached()) {
                    told.add(signal.slice());
                }
            }
            assertThat(told).hasSize(each.told);
        }
    }
}
