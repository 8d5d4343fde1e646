package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.release.RolloutHistory;
import io.tidemark.registry.ReleaseLog;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where rollouts stand. */
@Command(
        name = "status",
        description = "Show where a rollout stands and on what evidence; without an id, every rollout.",
        mixinStandardHelpOptions = true)
final class ReleaseStatus implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Id of the release.")
    private String release;

    @Option(names = "--json", description = "The last verdict as one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        ReleaseLog log = RunningStack.require(stack).releaseLog("");
        List<Release> releases = log.releases();
        List<String> ids = release != null
                ? List.of(release)
                : releases.stream()
                        .filter(each -> each.getRollout() != null)
                        .map(each -> each.getRollout().getReleaseId())
                        .distinct()
                        .toList();
        for (String id : ids) {
            RolloutHistory history = RolloutHistory.find(id, releases, log.verdicts(id))
                    .orElseThrow(() -> new CommandFailure(
                            "there is no release '%s'; ./tidemark release status lists them".formatted(id)));
            show(terminal, history);
        }
        return 0;
    }

    private void show(Terminal terminal, RolloutHistory history) {
        if (json) {
            terminal.print(history.lastVerdict()
                    .map(Verdict::toString)
                    .orElse("{\"release_id\":\"%s\",\"verdict\":null}"
                            .formatted(history.plan().getReleaseId())));
            return;
        }
        terminal.print("release    %s: %s at step %d of %s"
                .formatted(
                        history.plan().getReleaseId(),
                        history.state().name().toLowerCase(Locale.ROOT),
                        history.step(),
                        history.plan().getLadderPercent()));
        terminal.print(
                "candidate  " + TupleText.text(VersionTuple.from(history.plan().getCandidate())));
        terminal.print(
                "control    " + TupleText.text(VersionTuple.from(history.plan().getControl())));
        history.lastVerdict()
                .ifPresentOrElse(verdict -> show(terminal, verdict), () -> terminal.print("verdict    none yet"));
    }

    private static void show(Terminal terminal, Verdict verdict) {
        terminal.print("verdict    %s at %s: %s"
                .formatted(
                        verdict.getVerdict().name().toLowerCase(Locale.ROOT),
                        verdict.getEventTime(),
                        verdict.getReason()));
        if (verdict.getAttribution() != null) {
            terminal.print("because of %s%s"
                    .formatted(
                            verdict.getAttribution(),
                            verdict.getAttributionAdvice() == null ? "" : ": " + verdict.getAttributionAdvice()));
        }
        for (GuardrailFinding finding : verdict.getGuardrails()) {
            terminal.print(finding.getFinding() == FindingKind.INFORMATION ? information(finding) : guardrail(finding));
        }
    }

    private static String guardrail(GuardrailFinding finding) {
        return "  %-26s %-12s candidate %s of %d, control %s of %d, e-value %.3g of %.3g"
                .formatted(
                        finding.getMeasure(),
                        finding.getFinding().name().toLowerCase(Locale.ROOT),
                        value(finding.getEvidence().getObserved()),
                        finding.getCandidateN(),
                        value(finding.getEvidence().getExpected()),
                        finding.getControlN(),
                        finding.getEvidence().getEValue(),
                        finding.getEvidence().getThreshold());
    }

    /** What decides nothing: a number and its bounds. */
    private static String information(GuardrailFinding finding) {
        return "  %-26s %-12s %s, between %s and %s, of %d"
                .formatted(
                        finding.getMeasure(),
                        finding.getFinding().name().toLowerCase(Locale.ROOT),
                        value(finding.getEvidence().getObserved()),
                        value(finding.getEvidence().getLower()),
                        value(finding.getEvidence().getUpper()),
                        finding.getEvidence().getN());
    }

    private static String value(Double value) {
        return value == null ? "unknown" : "%.4g".formatted(value);
    }
}
