package io.tidemark.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.rules.model.ShippedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the two operators promise whatever the rule is. */
class RulesOperatorsTest {

    private static final String ERROR_RATE = ShippedRules.texts().get("error-rate.yaml");

    @Test
    void aBreachIsToldWhenItBeginsEveryMinuteAndWhenItIsOver() throws Exception {
        try (RulesRun run = RulesRun.shipped("error-rate")) {
            send(run, Traffic.rate("errors", 0.05, 5 * Traffic.MINUTE).thenRate("errors", 0, 10 * Traffic.MINUTE));
            List<Signal> told = run.signals();

            assertThat(told)
                    .extracting(Signal::getBreached)
                    .startsWith(true, true)
                    .endsWith(true, false);
            assertThat(told)
                    .extracting(Signal::getOnsetTime)
                    .containsOnly(told.get(0).getOnsetTime());
            for (int i = 1; i < told.size() - 1; i++) {
                assertThat(told.get(i).getEventTime())
                        .isEqualTo(told.get(i - 1).getEventTime().plusSeconds(60));
            }
            assertThat(told).extracting(Signal::getSignalId).doesNotHaveDuplicates();
        }
    }

    @Test
    void tenThousandSlicesInBreachAtOnceAreOneParent() throws Exception {
        int tenants = 10_000;
        try (RulesRun run = RulesRun.shipped("error-rate")) {
            for (long time = 0; time < 3 * Traffic.MINUTE; time += Panes.PANE_MILLIS) {
                for (int tenant = 0; tenant < tenants; tenant++) {
                    run.send(Panes.count(Panes.tenant("tenant-" + tenant, time), "errors", 3, 20));
                }
                run.send(Panes.count(Panes.row("all", null, null, null, time), "errors", 3L * tenants, 20L * tenants));
                run.timeIs(time + Panes.PANE_MILLIS - 1);
            }
            List<Signal> told = run.signals();

            assertThat(told.stream().filter(signal -> signal.getParent() == null))
                    .isNotEmpty()
                    .allMatch(signal -> signal.getSlice().getSliceLevel().equals("all"));
            assertThat(told.stream().filter(signal -> signal.getParent() != null))
                    .hasSizeLessThanOrEqualTo(50)
                    .allMatch(signal -> signal.getParent().getSliceLevel().equals("all"));
            assertThat(told.get(told.size() - 1).getSummary()).contains("It explains 10,000 other slices");
            assertThat(run.restart() / (double) tenants)
                    .as("bytes of state a slice")
                    .isLessThan(400);
        }
    }

    @Test
    void aRestartChangesNothing() throws Exception {
        assertThat(withRestarts(7)).isEqualTo(withRestarts(Integer.MAX_VALUE)).isNotEmpty();
    }

    /** All rules over noisy traffic of several tenants, with a new process after every so many panes. */
    private static List<String> withRestarts(int panes) throws Exception {
        List<String> told = new ArrayList<>();
        Random random = new Random(5);
        try (RulesRun run = RulesRun.shipped()) {
            for (int pane = 0; pane < 120; pane++) {
                long time = pane * Panes.PANE_MILLIS;
                for (String tenant : List.of("a", "b", "c")) {
                    double rate = tenant.equals("b") && pane > 40 && pane < 80 ? 0.1 : 0.004;
                    int errors =
                            (int) random.doubles(50).filter(each -> each < rate).count();
                    WindowRow row = Panes.count(Panes.tenant(tenant, time), "errors", errors, 50);
                    run.send(Panes.values(
                            row,
                            "end_to_end",
                            1_000,
                            random.doubles(50, 50, 200).toArray()));
                }
                // rows that wait for their tick are part of the state too
                if (pane % panes == panes - 1) {
                    run.restart();
                }
                run.timeIs(time + Panes.PANE_MILLIS - 1);
                run.signals().forEach(signal -> told.add(signal.toString()));
            }
        }
        return told;
    }

    @Test
    void onlyTheFirstRowOfAPaneCounts() throws Exception {
        try (RulesRun run = RulesRun.shipped("error-rate")) {
            for (long time = 0; time < 10 * Traffic.MINUTE; time += Panes.PANE_MILLIS) {
                run.send(Panes.count(Panes.tenant("acme", time), "errors", 0, 100));
                run.send(Panes.count(Panes.tenant("acme", time), "errors", 100, 100));
                run.timeIs(time + Panes.PANE_MILLIS - 1);
                run.send(Panes.count(Panes.tenant("acme", time), "errors", 100, 100));
            }
            run.timeIs(Long.MAX_VALUE);
            assertThat(run.signals()).isEmpty();
        }
    }

    @Test
    void aRuleIsTakenUpWhileTheJobRunsAndAnInvalidOneLeavesTheRunningOneInPlace() throws Exception {
        try (RulesRun run = new RulesRun(Map.of())) {
            long hour = Traffic.HOUR;
            send(run, Traffic.rate("errors", 0.05, hour));
            assertThat(run.signals()).isEmpty();

            run.publish("error-rate", ERROR_RATE, hour);
            run.publish("error-rate", ERROR_RATE.replace("0.005", "five"), hour + 1);
            send(run, later(Traffic.rate("errors", 0.05, 10 * Traffic.MINUTE), hour));
            assertThat(run.signals())
                    .extracting(Signal::getBreached)
                    .contains(true)
                    .doesNotContain(false);

            run.publish("error-rate", null, hour + 12 * Traffic.MINUTE);
            send(run, later(Traffic.rate("errors", 0.05, 10 * Traffic.MINUTE), hour + 10 * Traffic.MINUTE));
            assertThat(run.signals()).extracting(Signal::getBreached).endsWith(false);
        }
    }

    @Test
    void silenceOfEverythingIsNoticedByTheClock() throws Exception {
        try (RulesRun run = RulesRun.shipped("no-data")) {
            run.clockIs(Traffic.DAY);
            send(run, Traffic.rate("errors", 0, 10 * Traffic.MINUTE));
            run.clockIs(Traffic.DAY + 4 * Traffic.MINUTE);
            assertThat(run.signals()).isEmpty();

            run.clockIs(Traffic.DAY + 7 * Traffic.MINUTE);
            Signal silent = run.signals().get(0);
            assertThat(silent.getNoData()).isTrue();
            assertThat(silent.getOnsetTime().toEpochMilli()).isEqualTo(10 * Traffic.MINUTE);

            send(run, later(Traffic.rate("errors", 0, Traffic.MINUTE), 20 * Traffic.MINUTE));
            assertThat(run.signals()).extracting(Signal::getBreached).endsWith(false);
        }
    }

    private static Traffic later(Traffic traffic, long millis) {
        traffic.rows().forEach(row -> row.setWindowStart(row.getWindowStart().plusMillis(millis)));
        return traffic;
    }

    private static void send(RulesRun run, Traffic traffic) throws Exception {
        for (WindowRow row : traffic.rows()) {
            run.send(row);
            run.timeIs(row.getWindowStart().toEpochMilli() + Panes.PANE_MILLIS - 1);
        }
    }
}
