package io.tidemark.alerts;

import static io.tidemark.alerts.Signals.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.SilenceKind;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Live traffic: the clock closes what no signal speaks of any more, and people may silence and acknowledge. */
class LifecycleLiveIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    static Path folder;

    private static LifecycleStage stage;

    @BeforeAll
    static void start() {
        stage = new LifecycleStage(KAFKA, "", folder, "--alerts.grace=PT0S", "--alerts.tick=PT0.1S").start();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void theClockResolvesWhatIsOver() {
        Signal breach = signal("live-1", now(), true);
        stage.send(breach);
        awaitState("live-1", AlertState.FIRING);
        stage.send(signal("live-1", breach.getEventTime().plusMillis(500), false));

        Alert resolved = awaitState("live-1", AlertState.RESOLVED);

        assertThat(resolved.getResolvedTime()).isEqualTo(breach.getEventTime().plusMillis(1_500));
        try (TopicTail<Alert> states = stage.states()) {
            await().atMost(DEADLINE).until(() -> states.all().stream()
                    .anyMatch(each -> each.getRuleId().equals("live-1") && each.getState() == AlertState.RESOLVED));
        }
    }

    @Test
    void aSilenceSuppressesAndAnAcknowledgementIsShown() {
        stage.send(signal("live-2", now(), true));
        Alert firing = awaitState("live-2", AlertState.FIRING);
        stage.send(Silence.newBuilder()
                .setSilenceId("ack-live-2")
                .setKind(SilenceKind.ACKNOWLEDGEMENT)
                .setAlertId(firing.getAlertId())
                .setActor("anna")
                .build());
        awaitAny("live-2", alert -> "anna".equals(alert.getAcknowledgedBy()));
        stage.send(Silence.newBuilder()
                .setSilenceId("live-2")
                .setKind(SilenceKind.MAINTENANCE)
                .setRuleId("live-2")
                .setStartsTime(now().minusSeconds(60))
                .setEndsTime(now().plusSeconds(3_600))
                .setActor("anna")
                .setReason("new disks")
                .build());

        Alert suppressed = awaitState("live-2", AlertState.SUPPRESSED);

        assertThat(suppressed.getReason()).isEqualTo("silenced by anna: new disks");
    }

    @Test
    void aKilledLifecycleGoesOnWhereItWas() {
        Instant onset = now();
        stage.send(signal("live-3", onset, true));
        Alert before = awaitState("live-3", AlertState.FIRING);
        stage.kill();
        stage.send(signal("live-3", onset.plusMillis(500), false));
        stage.flush();
        stage.start();

        Alert after = awaitState("live-3", AlertState.RESOLVED);

        assertThat(after.getAlertId()).isEqualTo(before.getAlertId());
        try (TopicTail<Alert> events = stage.events()) {
            await().atMost(DEADLINE).until(() -> of(events, "live-3").size() >= 2);
            assertThat(of(events, "live-3"))
                    .extracting(Alert::getState, Alert::getSequence)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(AlertState.FIRING, 1),
                            org.assertj.core.groups.Tuple.tuple(AlertState.RESOLVED, 2));
        }
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersWithItsBytes() {
        byte[] junk = "no signal".getBytes(StandardCharsets.UTF_8);
        stage.send(TopicCatalogue.SIGNALS, "junk", junk);
        stage.flush();

        String letters = TopicCatalogue.SIGNALS.deadLetterName();
        await().atMost(DEADLINE).until(() -> stage.raw(letters).size() == 1);

        var letter = stage.raw(letters).get(0);
        assertThat(letter.value()).isEqualTo(junk);
        assertThat(new String(letter.headers().lastHeader(RecordHeaders.REASON).value(), StandardCharsets.UTF_8))
                .isEqualTo(RefusalReason.NOT_A_RECORD.name());
    }

    private static Signal signal(String rule, Instant time, boolean breached) {
        return Signal.newBuilder(Signals.breach(rule, tenant("a"), 0, 0))
                .setBreached(breached)
                .setOnsetTime(time)
                .setEventTime(time)
                .setSustainSeconds(0)
                .setResolveSeconds(1)
                .build();
    }

    private static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Alert awaitState(String rule, AlertState state) {
        return awaitAny(rule, alert -> alert.getState() == state);
    }

    private static Alert awaitAny(String rule, java.util.function.Predicate<Alert> wanted) {
        stage.flush();
        try (TopicTail<Alert> events = stage.events()) {
            await().atMost(DEADLINE).until(() -> of(events, rule).stream().anyMatch(wanted));
            return of(events, rule).stream().filter(wanted).findFirst().orElseThrow();
        }
    }

    private static List<Alert> of(TopicTail<Alert> events, String rule) {
        return events.all().stream()
                .filter(each -> each.getRuleId().equals(rule))
                .toList();
    }
}
