package io.tidemark.alerts.lifecycle;

import static io.tidemark.alerts.Signals.START;
import static io.tidemark.alerts.Signals.breach;
import static io.tidemark.alerts.Signals.clear;
import static io.tidemark.alerts.Signals.everything;
import static io.tidemark.alerts.Signals.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.alerts.Signals;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.SilenceKind;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.registry.TrustedRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rule of these signals: a breach fires after 120 s and resolves 300 s after its end. */
class AlertLifecycleTest {

    private static final String RULE = "error-rate";

    private AlertLifecycle lifecycle = new AlertLifecycle(LifecycleRules.defaults());
    private Silences silences = Silences.none();
    private Optional<Alert> alert = Optional.empty();
    private final List<String> events = new ArrayList<>();

    @BeforeAll
    static void trust() {
        TrustedRecords.register();
    }

    @Test
    void aBreachIsPendingUntilItHasLastedLongEnough() {
        breaches(0, 0, 60, 119);
        assertThat(events).containsExactly("PENDING +0");
        breaches(0, 120, 180);
        assertThat(events).containsExactly("PENDING +0", "FIRING +120");
        assertThat(alert.orElseThrow().getFiredTime()).isEqualTo(START.plusSeconds(120));
    }

    @Test
    void theIdFollowsFromRuleSliceAndOnset() {
        breaches(0, 0);
        assertThat(alert.orElseThrow().getAlertId()).hasSize(32).isEqualTo(AlertIds.alertId(RULE, tenant("a"), START));
        assertThat(alert.orElseThrow().getDecisionId())
                .isEqualTo(alert.orElseThrow().getAlertId());
        assertThat(AlertIds.isGenuine(alert.orElseThrow())).isTrue();
    }

    @Test
    void aBreachThatEndsBeforeItFiredIsForgotten() {
        breaches(0, 0);
        take(clear(RULE, tenant("a"), 0, 60));
        assertThat(events).containsExactly("PENDING +0", "RESOLVED +60");
        assertThat(alert.orElseThrow().getFiredTime()).isNull();
    }

    @Test
    void aBreachThatComesBackWithinTheResolveTimeContinuesTheEpisode() {
        breaches(0, 0, 120);
        take(clear(RULE, tenant("a"), 0, 180));
        breaches(400, 400);
        take(clear(RULE, tenant("a"), 400, 460));
        passes(759);
        assertThat(events).containsExactly("PENDING +0", "FIRING +120");
        passes(760);
        assertThat(events).containsExactly("PENDING +0", "FIRING +120", "RESOLVED +760");
    }

    /** Whether the clock or the next signal says that time has passed: the end is the same. */
    @Test
    void theEndIsTheSameHoweverLateTimeIsNoticed() {
        breaches(0, 0, 120);
        take(clear(RULE, tenant("a"), 0, 180));
        passes(10_000);
        assertThat(events).last().isEqualTo("RESOLVED +480");
    }

    @Test
    void aNewBreachAfterTheEndIsANewAlert() {
        breaches(0, 0, 120);
        String first = alert.orElseThrow().getAlertId();
        take(clear(RULE, tenant("a"), 0, 180));
        passes(480);
        breaches(1_000, 1_000, 1_120);
        assertThat(events)
                .containsExactly("PENDING +0", "FIRING +120", "RESOLVED +480", "PENDING +1000", "FIRING +1120");
        assertThat(alert.orElseThrow().getAlertId()).isNotEqualTo(first);
    }

    @Test
    void repeatedAndOldSignalsChangeNothing() {
        breaches(0, 0, 120, 120, 60);
        take(clear(RULE, tenant("a"), 0, 100));
        assertThat(events).containsExactly("PENDING +0", "FIRING +120");
        assertThat(alert.orElseThrow().getClearedTime()).isNull();
    }

    @Test
    void anAlertOfWhichNobodySpeaksExpires() {
        breaches(0, 0, 120);
        passes(720);
        assertThat(events).hasSize(2);
        passes(721);
        assertThat(events).last().isEqualTo("EXPIRED +720");
        breaches(0, 900);
        assertThat(events).last().isEqualTo("FIRING +900");
    }

    @Test
    void aSilencedAlertIsSuppressedAndFiresWhenTheSilenceIsOver() {
        silences = new Silences(List.of(silence("s1", "error*", "a", 100, 400)));
        breaches(0, 0, 120, 180);
        assertThat(events).containsExactly("PENDING +0", "SUPPRESSED +120");
        assertThat(alert.orElseThrow().getSilenceId()).isEqualTo("s1");
        breaches(0, 400);
        assertThat(events).last().isEqualTo("FIRING +400");
    }

    @Test
    void aSilenceSilencesOnlyWhatItNames() {
        silences = new Silences(List.of(
                silence("s1", "latency", "a", 0, 400),
                silence("s2", null, "b", 0, 400),
                revoked(silence("s3", null, "a", 0, 400))));
        breaches(0, 0, 120);
        assertThat(events).last().isEqualTo("FIRING +120");
    }

    @Test
    void peopleAreRemindedUntilSomebodyAcknowledges() {
        for (long second = 0; second <= 15_000; second += 60) {
            breaches(0, second);
        }
        assertThat(events).containsExactly("PENDING +0", "FIRING +120", "FIRING +14520");
        silences = new Silences(List.of(Silence.newBuilder()
                .setSilenceId("ack")
                .setKind(SilenceKind.ACKNOWLEDGEMENT)
                .setAlertId(alert.orElseThrow().getAlertId())
                .setActor("anna")
                .build()));
        for (long second = 15_060; second <= 40_000; second += 60) {
            breaches(0, second);
        }
        assertThat(events).hasSize(4).last().isEqualTo("FIRING +15060");
        assertThat(alert.orElseThrow().getAcknowledgedBy()).isEqualTo("anna");
    }

    @Test
    void whatAParentExplainsNeverOpensAndWhatFiredBeforeIsSuppressed() {
        take(explained(0, 0));
        assertThat(alert).isEmpty();
        breaches(0, 60, 180);
        take(explained(0, 240));
        assertThat(events).containsExactly("PENDING +60", "FIRING +180", "SUPPRESSED +240");
        breaches(0, 300);
        assertThat(events).last().isEqualTo("FIRING +300");
    }

    @Test
    void noDataKeepsAnAlertOrResolvesItOrCountsAsABreach() {
        Signal nothing = clear(RULE, tenant("a"), 0, 180);
        nothing.setNoData(true);
        breaches(0, 0, 120);
        take(nothing);
        assertThat(alert.orElseThrow().getClearedTime()).isNull();
        assertThat(alert.orElseThrow().getLastSignalTime()).isEqualTo(START.plusSeconds(180));

        assertThat(with(NoDataMode.RESOLVE)
                        .onSignal(firing(), nothing, silences)
                        .alert()
                        .orElseThrow()
                        .getClearedTime())
                .isEqualTo(START.plusSeconds(180));
        Transition opened = with(NoDataMode.ALERT).onSignal(Optional.empty(), nothing, silences);
        assertThat(opened.alert().orElseThrow().getState()).isEqualTo(AlertState.FIRING);
    }

    @Test
    void aRollbackFiresAtOnceWithItsDecisionAndExpiresWithIt() {
        Instant time = START.plusSeconds(60);
        take(VerdictSignals.of(Signals.rollback("r1", "d1", time, "webhook", "chat")));
        take(VerdictSignals.of(Signals.rollback("r1", "d2", time.plusSeconds(10), "webhook", "chat")));

        Alert firing = alert.orElseThrow();
        assertThat(events).containsExactly("FIRING +60");
        assertThat(firing.getDecisionId()).isEqualTo("d1");
        assertThat(firing.getAction()).isEqualTo("rollback");
        assertThat(firing.getRuleId()).isEqualTo("release/r1");
        assertThat(firing.getOnsetTime()).isEqualTo(START.plusSeconds(20));
        assertThat(firing.getEvidence().get(0).getN()).isEqualTo(180);
        passes(960);
        assertThat(events).last().isEqualTo("EXPIRED +960");
        take(VerdictSignals.of(Signals.rollback("r1", "d1", time, "webhook", "chat")));
        assertThat(events).hasSize(2);
    }

    @Test
    void aShadowThatIsRejectedIsAWarningThatRollsNothingBack() {
        Verdict reject = Signals.rollback("r1", "d1", START.plusSeconds(60), "webhook", "chat");
        reject.setVerdict(VerdictKind.REJECT);
        reject.setMode(TrafficRole.SHADOW);
        reject.setRollbackTarget(null);
        take(VerdictSignals.of(reject));

        assertThat(events).containsExactly("FIRING +60");
        assertThat(alert.orElseThrow().getAction()).isEqualTo("end_shadow");
        assertThat(alert.orElseThrow().getSeverity()).isEqualTo(Severity.WARNING);
        assertThat(alert.orElseThrow().getSlice().getRole()).isEqualTo(TrafficRole.SHADOW);
        passes(960);
        assertThat(events).last().isEqualTo("EXPIRED +960");
    }

    /** The button is always there: also when the job has decided before, and nothing came of it. */
    @Test
    void aPersonsRollbackIsANewDecisionOfTheSameAlert() {
        Instant time = START.plusSeconds(60);
        take(VerdictSignals.of(Signals.rollback("r1", "d1", time, "webhook", "chat")));
        String alertId = alert.orElseThrow().getAlertId();
        Verdict command = Signals.rollback("r1", "by-anna", time.plusSeconds(30), "webhook", "chat");
        command.setGuardrails(List.of());
        take(VerdictSignals.of(command));

        assertThat(events).containsExactly("FIRING +60", "FIRING +90");
        assertThat(alert.orElseThrow().getDecisionId()).isEqualTo("by-anna");
        assertThat(alert.orElseThrow().getAlertId()).isEqualTo(alertId);
        assertThat(AlertIds.isGenuine(alert.orElseThrow())).isTrue();
    }

    @Test
    void aClosedAlertIsForgottenAfterADay() {
        breaches(0, 0);
        take(clear(RULE, tenant("a"), 0, 60));
        passes(86_460);
        assertThat(alert).isPresent();
        passes(86_461);
        assertThat(alert).isEmpty();
    }

    private Optional<Alert> firing() {
        Alert copy = Alert.newBuilder(alert.orElseThrow())
                .setLastSignalTime(START.plusSeconds(120))
                .build();
        return Optional.of(copy);
    }

    private static AlertLifecycle with(NoDataMode mode) {
        return new AlertLifecycle(
                new LifecycleRules(mode, Duration.ofHours(4), Duration.ofMinutes(10), Duration.ofDays(1), 1));
    }

    private static Signal explained(long onset, long second) {
        Signal signal = breach(RULE, tenant("a"), onset, second);
        signal.setParent(everything());
        return signal;
    }

    private static Silence silence(String id, String rule, String tenant, long from, long until) {
        return Silence.newBuilder()
                .setSilenceId(id)
                .setKind(SilenceKind.SILENCE)
                .setRuleId(rule)
                .setTenant(tenant)
                .setStartsTime(START.plusSeconds(from))
                .setEndsTime(START.plusSeconds(until))
                .setActor("anna")
                .setReason("planned")
                .build();
    }

    private static Silence revoked(Silence silence) {
        return Silence.newBuilder(silence).setRevoked(true).build();
    }

    private void breaches(long onset, long... seconds) {
        for (long second : seconds) {
            take(breach(RULE, tenant("a"), onset, second));
        }
    }

    private void take(Signal signal) {
        passes(Duration.between(START, signal.getEventTime()).toSeconds());
        record(lifecycle.onSignal(alert, signal, silences));
    }

    private void passes(long second) {
        if (alert.isPresent()) {
            record(lifecycle.atTime(alert.get(), START.plusSeconds(second), silences));
        }
    }

    private void record(Transition transition) {
        alert = transition.alert();
        if (transition.isEvent()) {
            Alert now = alert.orElseThrow();
            events.add("%s +%d"
                    .formatted(
                            now.getState(),
                            Duration.between(START, now.getEventTime()).toSeconds()));
        }
    }
}
