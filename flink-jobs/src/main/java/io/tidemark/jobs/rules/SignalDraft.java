package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.jobs.rules.evaluation.Assessment;
import io.tidemark.jobs.rules.model.AlertRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The signal of a slice in breach as its tenant's rules see it: everything but who explains it. */
final class SignalDraft {

    private static final String NO_DATA = "no_data";
    private static final double LARGEST_LOGARITHM = Math.log(Double.MAX_VALUE);

    private SignalDraft() {}

    static Signal of(SliceEntry entry, RuleState state, long tickMillis) {
        AlertRule rule = state.rule.rule();
        boolean isSilent = tickMillis > entry.lastRowMillis;
        return Signal.newBuilder()
                .setRuleId(rule.id())
                .setRuleVersion(state.rule.version())
                .setRuleHash(state.rule.hash())
                .setSlice(entry.slice)
                .setBreached(true)
                .setNoData(rule.kind().equals(NO_DATA)
                        || isSilent && state.latest.recent().trials() == 0)
                .setSeverity(rule.severity())
                .setKind(rule.kind())
                .setOnsetTime(Instant.ofEpochMilli(state.isBreached() ? state.breachedSinceMillis : tickMillis))
                .setEventTime(Instant.ofEpochMilli(tickMillis))
                .setSustainSeconds(rule.sustain().toSeconds())
                .setResolveSeconds(rule.resolveAfter().toSeconds())
                .setEvidence(List.of(evidence(rule, state.latest, tickMillis)))
                .setAction(rule.action())
                .setRunbook(rule.runbook())
                .setSummary(summary(rule, state.latest))
                .build();
    }

    private static Evidence evidence(AlertRule rule, Assessment found, long tickMillis) {
        Instant window = Instant.ofEpochMilli(tickMillis - found.windowMillis());
        return Evidence.newBuilder()
                .setMeasure(rule.measure())
                .setObserved(known(found.observed()))
                .setThreshold(known(found.limit()))
                .setLower(known(found.lower()))
                .setUpper(known(found.upper()))
                .setEValue(eValue(found.logEvidence()))
                .setPValue(known(found.pValue()))
                .setN(found.n())
                .setWindows(List.of(window))
                .build();
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static Double eValue(double logarithm) {
        return Double.isNaN(logarithm) ? null : Math.exp(Math.min(logarithm, LARGEST_LOGARITHM));
    }

    private static String summary(AlertRule rule, Assessment found) {
        String numbers = String.format(
                Locale.ROOT,
                "%s %.4g, limit %.4g, n %,d over %s",
                rule.measure(),
                found.observed(),
                found.limit(),
                found.n(),
                Duration.ofMillis(found.windowMillis()));
        return "%s (%s%s)".formatted(rule.description(), numbers, found.note().isEmpty() ? "" : "; " + found.note());
    }

    /** How bad the slice is among those of its rule. */
    static double rank(Assessment found) {
        return Double.isNaN(found.observed()) ? 0 : found.observed() * Math.max(1, found.n());
    }
}
