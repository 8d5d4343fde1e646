package io.tidemark.cli.demo;

import io.tidemark.cli.terminal.TextTable;
import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened to the release, step by step, from the records of the topics. */
final class StoryReport {

    private final Instant fault;
    private final Instant faultSent;
    private final TextTable steps = new TextTable("event time", "after the fault", "by the clock", "what happened");
    private final List<String> details = new ArrayList<>();

    /**
     * @param fault event time of the fault
     * @param faultSent when the first bad call was sent, by the clock
     */
    StoryReport(Instant fault, Instant faultSent) {
        this.fault = fault;
        this.faultSent = faultSent;
        step(fault, faultSent, "the candidate's prompt turns bad");
    }

    void verdict(TopicReader.Timed<Verdict> record) {
        Verdict verdict = record.value();
        step(verdict.getEventTime(), record.appended(), "canary job: rollback");
        details.add("verdict      decision %s: %s".formatted(verdict.getDecisionId(), verdict.getReason()));
        for (GuardrailFinding finding : verdict.getGuardrails()) {
            if (finding.getFinding() == FindingKind.REGRESSED || finding.getFinding() == FindingKind.HARD_LIMIT) {
                details.add("evidence     " + text(finding));
            }
        }
        details.add("because of   " + verdict.getAttribution()
                + (verdict.getAttributionAdvice() == null ? "" : ": " + verdict.getAttributionAdvice()));
    }

    private static String text(GuardrailFinding finding) {
        Evidence evidence = finding.getEvidence();
        return "%s: e-value %.3g (threshold %.3g), candidate %.3g of %d, control %.3g of %d"
                .formatted(
                        finding.getMeasure(),
                        evidence.getEValue(),
                        evidence.getThreshold(),
                        evidence.getObserved(),
                        finding.getCandidateN(),
                        evidence.getExpected(),
                        finding.getControlN());
    }

    void alert(TopicReader.Timed<Alert> record) {
        Alert alert = record.value();
        step(alert.getFiredTime(), record.appended(), "alert fires");
        details.add("alert        %s, rule %s, %s, asks for a %s"
                .formatted(
                        alert.getAlertId(),
                        alert.getRuleId(),
                        alert.getSeverity().name().toLowerCase(Locale.ROOT),
                        alert.getAction()));
    }

    void action(TopicReader.Timed<Action> record) {
        Action action = record.value();
        step(action.getEventTime(), record.appended(), "rollback consumer: " + action.getReason());
        details.add("rollback     target %s:%s, answered within %d ms"
                .formatted(action.getAdapter(), action.getTarget(), action.getActMillis()));
    }

    /** The demonstration's own router did what the target would have done. */
    void rerouted(Instant event, Instant clock) {
        step(event, clock, "the demo's router follows the dry run: no more calls to the candidate");
    }

    void recovered(TopicReader.Timed<Action> record) {
        Action action = record.value();
        boolean isKnown = action.getOnsetTime() != null && action.getRecoverMillis() != null;
        Instant recovered = isKnown ? action.getOnsetTime().plusMillis(action.getRecoverMillis()) : null;
        step(recovered, record.appended(), "rollback consumer: " + action.getReason());
    }

    private void step(Instant event, Instant clock, String what) {
        steps.add(List.of(
                event == null ? "-" : event.toString(),
                event == null ? "-" : seconds(fault, event),
                seconds(faultSent, clock),
                what));
    }

    private static String seconds(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.1f s", Duration.between(from, to).toMillis() / 1_000.0);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(steps.lines());
        lines.add("");
        lines.addAll(details);
        return lines;
    }
}
