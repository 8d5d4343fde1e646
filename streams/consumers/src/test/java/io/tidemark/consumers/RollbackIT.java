package io.tidemark.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.consumers.command.CommandSignature;
import io.tidemark.consumers.target.DryRunTarget;
import io.tidemark.consumers.target.Targets;
import io.tidemark.consumers.target.WebhookTarget;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Command;
import io.tidemark.contracts.avro.CommandKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.webhook.HmacSignature;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.testing.KafkaExtension;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RollbackIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final RecordingTarget target = new RecordingTarget();

    /** The audit is one for all tests, and what was done on a target is under way for half an hour. */
    private final String chat = KAFKA.uniqueName("chat");

    private final String other = KAFKA.uniqueName("other");
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
    void aDryRunIsAuditedAndChangesNothing() {
        start(false, false);
        Alert alert = send("dry-1", chat);

        Action done = stage.awaitRecord(alert.getDecisionId(), ActionPhase.DONE);

        assertThat(stage.of(alert.getDecisionId()))
                .extracting(Action::getPhase)
                .containsExactly(ActionPhase.INTENDED, ActionPhase.DONE);
        assertThat(done.getDryRun()).isTrue();
        assertThat(done.getReason()).isEqualTo("dry run: nothing was changed");
        assertThat(done.getDetectMillis()).isEqualTo(40_000);
        assertThat(done.getCandidateVersionId()).isEqualTo(Alerts.version("p8").versionId());
        assertThat(target.decisions()).isEmpty();
    }

    @Test
    void anArmedConsumerActsOnceAndReadsBack() {
        start(true, false);
        Alert alert = send("armed-1", chat);
        stage.send(TopicCatalogue.ALERTS, alert.getAlertId(), alert);
        Alert after = Alerts.rollback("armed-2", ConsumerStage.now(), "webhook", "not-set-up");
        after.setAlertId(alert.getAlertId());
        stage.send(TopicCatalogue.ALERTS, alert.getAlertId(), after);

        Action done = stage.awaitRecord(alert.getDecisionId(), ActionPhase.DONE);
        stage.awaitRecord(after.getDecisionId(), ActionPhase.REFUSED);

        assertThat(target.decisions()).containsExactly(alert.getDecisionId());
        assertThat(done.getDryRun()).isFalse();
        assertThat(done.getBefore()).contains("\"serving\":true");
        assertThat(done.getAfter()).contains(alert.getDecisionId());
        assertThat(target.bodies().get(0))
                .contains("\"specversion\":\"1.0\"", "\"type\":\"io.tidemark.rollback.v1\"", "\"prompt\":\"p7\"");
        assertThat(target.signatures().get(0)).startsWith("t=").contains(",v1=");
    }

    @Test
    void aTargetThatStumblesIsAskedAgainAndHasOneEffect() {
        start(true, false);
        target.failing(2);
        Alert alert = send("stumble-1", chat);

        stage.awaitRecord(alert.getDecisionId(), ActionPhase.DONE);

        assertThat(target.decisions()).containsExactly(alert.getDecisionId());
    }

    @Test
    void whatCannotBeDoneIsRefusedOrFailedAndSaysWhy() {
        start(true, false);
        Alert unknown = Alerts.rollback("bad-1", ConsumerStage.now(), "nowhere", chat);
        Alert unnamed = Alerts.rollback("bad-2", ConsumerStage.now(), "webhook", "not-set-up");
        Alert unreachable = Alerts.rollback("bad-3", ConsumerStage.now(), "webhook", "unreachable");
        Alert expired = Alerts.rollback("bad-4", ConsumerStage.now(), "webhook", chat);
        expired.setExpiresTime(expired.getEventTime().minusSeconds(1));
        Alert stale = Alerts.rollback("bad-5", ConsumerStage.now().minusSeconds(3_600), "webhook", chat);
        stale.setExpiresTime(null);
        Alert forged = Alerts.rollback("bad-6", ConsumerStage.now(), "webhook", chat);
        forged.setRuleId("release/another");
        Alert thin = Alerts.rollback("bad-7", ConsumerStage.now(), "webhook", chat);
        thin.getEvidence().get(0).setN(12);
        Alert untargeted = Alerts.rollback("bad-8", ConsumerStage.now(), null, null);
        Alert plain = Alerts.rollback("bad-9", ConsumerStage.now(), "webhook", chat);
        plain.getEvidence().get(0).setEValue(null);
        List.of(unknown, unnamed, unreachable, expired, stale, forged, thin, untargeted, plain)
                .forEach(each -> stage.send(TopicCatalogue.ALERTS, each.getAlertId(), each));

        assertThat(refusal(unknown)).contains("unknown target adapter 'nowhere'", "dry-run", "webhook");
        assertThat(refusal(unnamed)).contains("unknown webhook 'not-set-up'", "targets.webhook.NAME=URL");
        assertThat(refusal(expired)).startsWith("expired");
        assertThat(refusal(stale)).startsWith("stale");
        assertThat(refusal(forged)).startsWith("forged");
        assertThat(refusal(thin)).startsWith("thin evidence");
        assertThat(refusal(untargeted)).contains("names no target");
        assertThat(refusal(plain)).startsWith("too few bad windows");
        assertThat(stage.awaitRecord(unreachable.getDecisionId(), ActionPhase.FAILED)
                        .getReason())
                .contains("does not answer");
        assertThat(target.decisions()).isEmpty();
    }

    @Test
    void aTargetThatSomebodyElseChangedIsLeftAlone() {
        start(true, false);
        target.changedByOthers();
        Alert conflict = send("conflict-1", chat);

        assertThat(refusal(conflict)).contains("412");

        target.idle();
        Alert idle = send("conflict-2", chat);
        assertThat(refusal(idle)).contains("no longer serves");
        assertThat(target.decisions()).isEmpty();
    }

    @Test
    void anAlertThatIsOverByNowIsNotFollowed() {
        Alert alert = Alerts.rollback("over-1", ConsumerStage.now(), "webhook", chat);
        Alert over = Alert.newBuilder(alert).setState(AlertState.RESOLVED).build();
        stage.send(TopicCatalogue.ALERTS, alert.getAlertId(), alert);
        stage.send(TopicCatalogue.ALERTS, alert.getAlertId(), over);
        start(true, false);

        assertThat(refusal(alert)).isEqualTo("over: the alert is RESOLVED by now");
    }

    @Test
    void aHaltStopsEverythingUntilSomebodyWithTheSecretResumes() {
        start(true, false);
        command("halt-1", CommandKind.HALT, null, ConsumerStage.COMMAND_SECRET, null);
        awaitRefusal("halted", true);

        command("resume-forged", CommandKind.RESUME, null, new HmacSignature("another secret"), null);
        assertThat(stage.awaitRecord("command/resume-forged", ActionPhase.REFUSED)
                        .getReason())
                .contains("forged");
        command(
                "resume-late",
                CommandKind.RESUME,
                null,
                ConsumerStage.COMMAND_SECRET,
                ConsumerStage.now().minusSeconds(5));
        assertThat(stage.awaitRecord("command/resume-late", ActionPhase.REFUSED).getReason())
                .contains("expired");
        command("resume-1", CommandKind.RESUME, null, ConsumerStage.COMMAND_SECRET, null);
        awaitRefusal("resumed", false);
    }

    @Test
    void aDecisionWaitsForApproval() {
        start(true, true);
        Alert approved = Alerts.rollback("approve-1", ConsumerStage.now(), "webhook", chat);
        Alert rejected = Alerts.rollback("approve-2", ConsumerStage.now(), "webhook", other);
        for (Alert alert : List.of(approved, rejected)) {
            stage.send(TopicCatalogue.ALERT_STATES, alert.getAlertId(), alert);
            stage.send(TopicCatalogue.ALERTS, alert.getAlertId(), alert);
            stage.awaitRecord(alert.getDecisionId(), ActionPhase.AWAITING_APPROVAL);
        }
        assertThat(target.decisions()).isEmpty();

        command("a1", CommandKind.APPROVE, approved.getDecisionId(), ConsumerStage.COMMAND_SECRET, null);
        command("a2", CommandKind.REJECT, rejected.getDecisionId(), ConsumerStage.COMMAND_SECRET, null);

        stage.awaitRecord(approved.getDecisionId(), ActionPhase.DONE);
        assertThat(refusal(rejected)).startsWith("rejected by 'anna'");
        assertThat(target.decisions()).containsExactly(approved.getDecisionId());
    }

    /** A command travels on another topic than the alerts, so the first alerts may come before it. */
    private void awaitRefusal(String release, boolean isHalt) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            Alert alert = send(KAFKA.uniqueName(release), "not-set-up");
            return awaitEnd(alert).getReason().startsWith("halted by 'anna'") == isHalt;
        });
    }

    private Action awaitEnd(Alert alert) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> stage.of(alert.getDecisionId()).stream()
                        .anyMatch(each -> each.getPhase() != ActionPhase.INTENDED));
        List<Action> all = stage.of(alert.getDecisionId());
        return all.get(all.size() - 1);
    }

    private void start(boolean armed, boolean approval) {
        URI nobody = URI.create("http://127.0.0.1:1/");
        WebhookTarget webhook = new WebhookTarget(
                Map.of(chat, target.address(), other, target.address(), "unreachable", nobody),
                new HttpCaller(Optional.of(new HmacSignature("hook")), Duration.ofSeconds(5), Clock.systemUTC()));
        stage.start(
                ConsumerStage.guards(armed, approval),
                new RollbackDecisions(),
                new Targets(List.of(webhook, new DryRunTarget())));
    }

    private Alert send(String release, String name) {
        Alert alert = Alerts.rollback(release, ConsumerStage.now(), "webhook", name);
        stage.send(TopicCatalogue.ALERTS, alert.getAlertId(), alert);
        return alert;
    }

    private String refusal(Alert alert) {
        return stage.awaitRecord(alert.getDecisionId(), ActionPhase.REFUSED).getReason();
    }

    private void command(String id, CommandKind kind, String decision, HmacSignature secret, Instant expires) {
        Command command = Command.newBuilder()
                .setCommandId(id)
                .setKind(kind)
                .setDecisionId(decision)
                .setActor("anna")
                .setReason("a test")
                .setIssuedTime(ConsumerStage.now().truncatedTo(ChronoUnit.MICROS))
                .setExpiresTime(expires == null ? null : expires.truncatedTo(ChronoUnit.MICROS))
                .build();
        stage.send(TopicCatalogue.COMMANDS, id, CommandSignature.sign(command, secret));
    }
}
