package io.tidemark.alerts;

import static io.tidemark.alerts.Signals.START;
import static io.tidemark.alerts.Signals.breach;
import static io.tidemark.alerts.Signals.clear;
import static io.tidemark.alerts.Signals.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.alerts.lifecycle.LifecycleRules;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.testing.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LifecycleReplayIT {

    private static final int SLICES = 10_000;
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path folder;

    @Test
    void aReplayGivesTheSameAlertsAndNoAction() {
        Map<String, List<String>> first = replay("first");
        Map<String, List<String>> second = replay("second");

        assertThat(first).hasSize(3).isEqualTo(second);
        assertThat(first.values())
                .containsExactlyInAnyOrder(
                        List.of("PENDING +0", "FIRING +120", "RESOLVED +960"),
                        List.of("PENDING +2400", "FIRING +2520"),
                        List.of("FIRING +60"));
    }

    /** The same slices breach at once; each says that all traffic explains it. */
    @Test
    void tenThousandSlicesGiveOneParentAlert() {
        String run = KAFKA.uniqueName("storm");
        try (LifecycleStage stage = new LifecycleStage(KAFKA, run, folder).start();
                TopicTail<Alert> events = stage.events()) {
            for (int tick = 0; tick <= 2; tick++) {
                for (int slice = 0; slice < SLICES; slice++) {
                    Signal child = breach("error-rate", tenant("t" + slice), 0, 60L * tick);
                    child.setParent(Signals.everything());
                    stage.send(child);
                }
                stage.send(breach("error-rate", Signals.everything(), 0, 60L * tick));
            }
            stage.end();
            await().atMost(DEADLINE).until(stage::hasEnded);
            await().atMost(DEADLINE).until(() -> events.all().size() >= 2);

            assertThat(events.all())
                    .extracting(alert -> alert.getSlice().getSliceLevel(), Alert::getState)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("all", AlertState.PENDING),
                            org.assertj.core.groups.Tuple.tuple("all", AlertState.FIRING));
        }
    }

    /** The same storm from a rule that names no parents: what is above the limit is one alert. */
    @Test
    void tenThousandSlicesWithoutAParentAreFoldedAboveTheLimit() {
        String run = KAFKA.uniqueName("fold");
        try (LifecycleStage stage = new LifecycleStage(KAFKA, run, folder).start();
                TopicTail<Alert> events = stage.events()) {
            for (int tick = 0; tick <= 2; tick++) {
                for (int slice = 0; slice < SLICES; slice++) {
                    stage.send(breach("error-rate", tenant("t" + slice), 0, 60L * tick));
                }
            }
            stage.end();
            await().atMost(DEADLINE).until(stage::hasEnded);
            await().atMost(DEADLINE).until(() -> events.all().stream()
                    .anyMatch(alert -> isOfMany(alert) && alert.getState() == AlertState.FIRING));

            int partitions = LifecycleStage.PARTITIONS;
            int limit = LifecycleRules.defaults().mostOpenPerRule();
            assertThat(events.all().stream()
                            .filter(LifecycleReplayIT::isOfMany)
                            .map(Alert::getAlertId)
                            .distinct())
                    .hasSizeBetween(1, partitions);
            assertThat(events.all().stream().map(Alert::getAlertId).distinct())
                    .hasSizeLessThanOrEqualTo(partitions * (limit + 1));
            assertThat(events.all()).filteredOn(LifecycleReplayIT::isOfMany).allSatisfy(alert -> assertThat(
                            alert.getSummary())
                    .contains("more than %d slices breach rule error-rate".formatted(limit)));
        }
    }

    private static boolean isOfMany(Alert alert) {
        return alert.getSlice().getSliceLevel().equals("many");
    }

    private Map<String, List<String>> replay(String name) {
        String run = KAFKA.uniqueName(name);
        try (LifecycleStage stage = new LifecycleStage(KAFKA, run, folder.resolve(name)).start();
                TopicTail<Alert> events = stage.events()) {
            for (long second = 0; second <= 600; second += 60) {
                stage.send(breach("error-rate", tenant("a"), 0, second));
            }
            stage.send(clear("error-rate", tenant("a"), 0, 660));
            stage.send(breach("error-rate", tenant("a"), 2_400, 2_400));
            stage.send(breach("error-rate", tenant("a"), 2_400, 2_520));
            stage.send(Signals.rollback("r1", "d1", START.plusSeconds(60), "webhook", "chat"));
            stage.send(Signals.rollback("r1", "d1", START.plusSeconds(60), "webhook", "chat"));
            stage.end();
            await().atMost(DEADLINE).until(stage::hasEnded);
            await().atMost(DEADLINE).until(() -> events.all().size() >= 6);
            assertThat(stage.raw(TopicCatalogue.ACTIONS.nameInRun(run))).isEmpty();
            return events.all().stream()
                    .collect(Collectors.groupingBy(
                            Alert::getAlertId,
                            TreeMap::new,
                            Collectors.mapping(LifecycleReplayIT::text, Collectors.toList())));
        }
    }

    private static String text(Alert alert) {
        return "%s +%d"
                .formatted(
                        alert.getState(),
                        Duration.between(START, alert.getEventTime()).toSeconds());
    }
}
