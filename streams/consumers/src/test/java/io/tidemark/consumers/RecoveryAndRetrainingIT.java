package io.tidemark.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.consumers.decision.GuardSettings;
import io.tidemark.consumers.decision.TargetName;
import io.tidemark.consumers.retraining.RetrainingDecisions;
import io.tidemark.consumers.retraining.RetrainingSettings;
import io.tidemark.consumers.target.DryRunTarget;
import io.tidemark.consumers.target.Json;
import io.tidemark.consumers.target.Targets;
import io.tidemark.consumers.target.WebhookTarget;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Change;
import io.tidemark.contracts.avro.ChangeKind;
import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Total;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.testing.KafkaExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecoveryAndRetrainingIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final RecordingTarget target = new RecordingTarget();
    private final String name = KAFKA.uniqueName("target");
    private ConsumerStage stage;

    @BeforeEach
    void open() {
        stage = new ConsumerStage(KAFKA);
    }

    @AfterEach
    void close() {
        stage.close();
        target.close();
    }

    @Test
    void threeGoodMinutesOfTheOldVersionVerifyARollback() {
        startRollback();
        Alert alert = send("recover-1", "tenant-recovers");
        stage.awaitRecord(alert.getDecisionId(), ActionPhase.DONE);
        Instant first = alert.getEventTime().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
        String tenant = alert.getSlice().getTenant();
        row(tenant, "p8", first, 40, 5);
        row(tenant, "p7", first, 1_000, 10);
        for (int minute = 1; minute <= 4; minute++) {
            row(tenant, "p7", first.plusSeconds(60L * minute), 1_000, 11);
        }

        Action verified = stage.awaitRecord(alert.getDecisionId(), ActionPhase.VERIFIED);

        Instant recovered = first.plusSeconds(120);
        assertThat(verified.getRecoverMillis())
                .isEqualTo(Duration.between(alert.getOnsetTime(), recovered).toMillis());
        assertThat(verified.getReason()).contains("back to normal by " + recovered, "the candidate had traffic in 1");
    }

    @Test
    void aPercentileIsBackWhenTheOldVersionIsAsFastAsBeforeTheIncident() {
        startRollback();
        Alert alert = Alerts.rollback("recover-3", ConsumerStage.now(), "webhook", name);
        alert.getSlice().setTenant("tenant-is-slow");
        alert.setAlertId(AlertIds.alertId(alert.getRuleId(), alert.getSlice(), alert.getOnsetTime()));
        alert.getEvidence().get(0).setMeasure("ttft_p95");
        alert.getEvidence().get(0).setObserved(0.55);
        alert.getEvidence().get(0).setExpected(0.05);
        Instant onset = alert.getOnsetTime().truncatedTo(ChronoUnit.MINUTES);
        String tenant = alert.getSlice().getTenant();
        latency(tenant, onset.minusSeconds(120), 1_000, 50);
        stage.send(TopicCatalogue.ALERTS, alert.getAlertId(), alert);
        stage.awaitRecord(alert.getDecisionId(), ActionPhase.DONE);
        Instant first = alert.getEventTime().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
        latency(tenant, first, 1_000, 400);
        for (int minute = 1; minute <= 4; minute++) {
            latency(tenant, first.plusSeconds(60L * minute), 1_000, 60);
        }

        Action verified = stage.awaitRecord(alert.getDecisionId(), ActionPhase.VERIFIED);

        assertThat(verified.getReason())
                .as("the first minute was still slow")
                .contains("back to normal by " + first.plusSeconds(120), "5 minutes", "4 of them good");
    }

    @Test
    void whatIsStillBadAfterHalfAnHourIsEscalated() {
        startRollback();
        Alert alert = send("recover-2", "tenant-stays-bad");
        stage.awaitRecord(alert.getDecisionId(), ActionPhase.DONE);
        Instant first = alert.getEventTime().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
        for (int minute = 0; minute <= 31; minute++) {
            row(alert.getSlice().getTenant(), "p7", first.plusSeconds(60L * minute), 1_000, 100);
        }

        Action escalated = stage.awaitRecord(alert.getDecisionId(), ActionPhase.ESCALATED);

        assertThat(escalated.getReason()).contains("not back to normal within 30 min", "0 of them good");
        assertThat(escalated.getRecoverMillis()).isNull();
    }

    @Test
    void slicesOfOneModelLeadToOneTraining() {
        startRetraining(List.of());
        Alert first = retrain("quality-a", "tenant-a");
        Alert second = retrain("quality-b", "tenant-b");
        stage.send(TopicCatalogue.ALERTS, "retrain", first);
        stage.awaitRecord(first.getDecisionId(), ActionPhase.DONE);
        stage.send(TopicCatalogue.ALERTS, "retrain", second);

        assertThat(stage.awaitRecord(second.getDecisionId(), ActionPhase.REFUSED)
                        .getReason())
                .startsWith("cooling down: 'model:model-1/none'");
        assertThat(target.decisions()).containsExactly(first.getDecisionId());
        JsonNode data = Json.object(target.bodies().get(0)).path("data");
        assertThat(data.path("requires_human_approval").asBoolean()).isTrue();
        assertThat(data.path("budget_usd").asDouble()).isEqualTo(100);
        assertThat(data.path("data_window").path("days").asInt()).isEqualTo(30);
        assertThat(data.path("lineage").path("eval_pass").asText()).isEqualTo("pass-1");
    }

    @Test
    void aScheduleAsksOnceInAPeriodAndAChangeAsksOnce() {
        String schedule = KAFKA.uniqueName("weekly");
        startRetraining(List.of(
                new RetrainingSettings.Schedule(schedule, new TargetName("webhook", name), Duration.ofDays(7))));
        long week = ConsumerStage.now().getEpochSecond() / Duration.ofDays(7).toSeconds();
        String bySchedule = AlertIds.hash("schedule|" + schedule + "|" + week);
        stage.awaitRecord(bySchedule, ActionPhase.DONE);

        Release rebuilt = Release.newBuilder()
                .setEventId(KAFKA.uniqueName("rebuild"))
                .setEventTime(ConsumerStage.now().truncatedTo(ChronoUnit.MICROS))
                .setChange(Change.newBuilder()
                        .setKind(ChangeKind.INDEX_REBUILD)
                        .setSubject(KAFKA.uniqueName("docs-index"))
                        .build())
                .build();
        stage.send(TopicCatalogue.RELEASES, "*", rebuilt);
        stage.send(TopicCatalogue.RELEASES, "*", rebuilt);
        String byChange = AlertIds.hash("change|" + rebuilt.getEventId());

        assertThat(stage.awaitRecord(byChange, ActionPhase.REFUSED).getReason()).contains("no longer serves");
        assertThat(target.decisions()).containsExactly(bySchedule);
    }

    private void startRollback() {
        stage.start(ConsumerStage.guards(true, false), new RollbackDecisions(), targets());
    }

    private void startRetraining(List<RetrainingSettings.Schedule> schedules) {
        RetrainingSettings settings = new RetrainingSettings(
                Optional.of(new TargetName("webhook", name)),
                schedules,
                EnumSet.of(ChangeKind.INDEX_REBUILD),
                30,
                Duration.ofDays(1),
                100,
                400);
        GuardSettings guards = RetrainingProcess.within(ConsumerStage.guards(true, false), settings);
        stage.start(guards, new RetrainingDecisions(settings), targets());
    }

    private Targets targets() {
        WebhookTarget webhook = new WebhookTarget(
                Map.of(name, target.address()),
                new HttpCaller(Optional.empty(), Duration.ofSeconds(5), Clock.systemUTC()));
        return new Targets(List.of(webhook, new DryRunTarget()));
    }

    private Alert send(String release, String tenant) {
        Alert alert = Alerts.rollback(release, ConsumerStage.now(), "webhook", name);
        alert.getSlice().setTenant(tenant);
        alert.setAlertId(AlertIds.alertId(alert.getRuleId(), alert.getSlice(), alert.getOnsetTime()));
        stage.send(TopicCatalogue.ALERTS, alert.getAlertId(), alert);
        return alert;
    }

    private static Alert retrain(String rule, String tenant) {
        Alert alert = Alerts.rollback(rule, ConsumerStage.now(), null, null);
        alert.getSlice().setTenant(tenant);
        alert.setAction("retrain");
        alert.setAlertId(AlertIds.alertId(alert.getRuleId(), alert.getSlice(), alert.getOnsetTime()));
        alert.setDecisionId(alert.getAlertId());
        return alert;
    }

    private void row(String tenant, String prompt, Instant start, long requests, long errors) {
        WindowRow row = minute(tenant, prompt, start, requests);
        row.setTotals(Map.of("errors", new Total(requests, errors)));
        stage.send(TopicCatalogue.WINDOWS, tenant, row);
    }

    /** A minute of the old version, most calls in one bucket and some in a higher one. */
    private void latency(String tenant, Instant start, long requests, long slow) {
        WindowRow row = minute(tenant, "p7", start, requests);
        row.setDistributions(Map.of(
                "ttft", new Distribution(requests, 0L, null, null, List.of(200, 260), List.of(requests - slow, slow))));
        stage.send(TopicCatalogue.WINDOWS, tenant, row);
    }

    private static WindowRow minute(String tenant, String prompt, Instant start, long requests) {
        return WindowRow.newBuilder()
                .setSliceLevel("tenant_version")
                .setTenant(tenant)
                .setVersionId(Alerts.version(prompt).versionId())
                .setRole(TrafficRole.PRODUCTION)
                .setWindowStart(start)
                .setWindowSeconds(60)
                .setRequests(requests)
                .build();
    }
}
