package io.tidemark.cli.alert;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.TrustedRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends one alert through the whole chain. */
@Command(
        name = "test",
        description = {
            "Send a verdict of a release that does not exist, and wait for its alert and for what the rollback consumer says to it.",
            "Its target adapter is dry-run, so that nothing is changed even by an armed consumer."
        },
        mixinStandardHelpOptions = true)
final class AlertsTestCommand implements Callable<Integer> {

    private static final String TARGET = "alerts-test";
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int SAMPLES = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Give up after so long (default: 30).")
    private long timeoutSeconds;

    @Override
    public Integer call() {
        TrustedRecords.register();
        Terminal terminal = Terminal.of(spec);
        StackEndpoints endpoints = RunningStack.require(stack);
        Clock clock = Clock.systemUTC();
        Instant start = clock.instant();
        Verdict verdict = verdict(start.truncatedTo(ChronoUnit.MICROS));
        try (AvroTail<Alert> alerts = new AvroTail<>(endpoints, TopicCatalogue.ALERTS.name(), Alert.class);
                AvroTail<Action> actions = new AvroTail<>(endpoints, TopicCatalogue.ACTIONS.name(), Action.class)) {
            alerts.skipToEnd();
            actions.skipToEnd();
            RecordSender.send(endpoints, TopicCatalogue.VERDICTS, verdict.getReleaseId(), verdict);
            Alert alert = await(alerts, each -> verdict.getDecisionId().equals(each.getDecisionId()), clock, "alert");
            terminal.print("alert   %s after %s".formatted(AlertView.of(alert).line(), since(start, clock)));
            Action action = await(
                    actions,
                    each -> each.getDecisionId().equals(verdict.getDecisionId())
                            && each.getPhase() != ActionPhase.INTENDED,
                    clock,
                    "answer of the rollback consumer");
            terminal.print(
                    "action  %s: %s after %s".formatted(action.getPhase(), action.getReason(), since(start, clock)));
        }
        return 0;
    }

    private <T extends SpecificRecord> T await(AvroTail<T> tail, Predicate<T> wanted, Clock clock, String what) {
        Instant end = clock.instant().plusSeconds(timeoutSeconds);
        while (clock.instant().isBefore(end)) {
            for (T each : tail.next()) {
                if (wanted.test(each)) {
                    return each;
                }
            }
        }
        throw new CommandFailure("no %s came within %d s; `./tidemark doctor` says whether every process runs"
                .formatted(what, timeoutSeconds));
    }

    private static String since(Instant start, Clock clock) {
        return "%d ms".formatted(Duration.between(start, clock.instant()).toMillis());
    }

    private static Verdict verdict(Instant now) {
        String release = TARGET + "-" + now.toEpochMilli();
        VersionTuple candidate = new VersionTuple("test", "none", "candidate", "none", "none", "none", "none");
        VersionTuple control = new VersionTuple("test", "none", "control", "none", "none", "none", "none");
        return Verdict.newBuilder()
                .setDecisionId(AlertIds.hash(release + "|ROLLBACK|" + now.toEpochMilli()))
                .setReleaseId(release)
                .setTenant(TARGET)
                .setVerdict(VerdictKind.ROLLBACK)
                .setReason("a test of the alert chain")
                .setCandidate(candidate.toAvro())
                .setControl(control.toAvro())
                .setRollbackTarget(control.toAvro())
                .setOnsetTime(now)
                .setEventTime(now)
                .setExpiresTime(now.plus(LIFETIME))
                .setTargetAdapter("dry-run")
                .setTarget(release)
                .setGuardrails(List.of(GuardrailFinding.newBuilder()
                        .setMeasure("errors")
                        .setFinding(FindingKind.REGRESSED)
                        .setEvidence(Evidence.newBuilder()
                                .setMeasure("errors")
                                .setEValue((double) SAMPLES)
                                .setN(SAMPLES)
                                .build())
                        .build()))
                .build();
    }
}
