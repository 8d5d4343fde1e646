package io.tidemark.contracts.release;

import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.contracts.release.GuardrailMeasure.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one list of measures that can be guardrails. To add one, add a line at the end of its group. */
public final class GuardrailMeasures {

    private static final double P95 = 0.95;
    private static final double P99 = 0.99;

    private static final List<GuardrailMeasure> ALL = List.of(
            rate("errors", false),
            rate("errors_5xx", false),
            rate("timeouts", false),
            rate("refusals", true),
            rate("guardrail_blocked", true),
            rate("pii_found", true),
            rate("jailbreaks", true),
            rate("schema_invalid", true),
            rate("tool_errors", true),
            tail("ttft_p95", "ttft", P95),
            tail("ttft_p99", "ttft", P99),
            tail("time_per_output_token_p95", "time_per_output_token", P95),
            tail("time_per_output_token_p99", "time_per_output_token", P99),
            tail("end_to_end_p95", "end_to_end", P95),
            tail("end_to_end_p99", "end_to_end", P99),
            mean("cost_per_call", Kind.LOG_MEAN, "cost_nano_usd", true, false),
            mean("confidence", Kind.MEAN, "confidence", false, true),
            outcome("judge_score", OutcomeSource.JUDGE, true),
            outcome("user_score", OutcomeSource.USER, true),
            outcome("correctness", OutcomeSource.GROUND_TRUTH, true),
            outcome("business_score", OutcomeSource.BUSINESS, false),
            agreement("agreement_exact"),
            agreement("agreement_judge"),
            agreement("agreement_embedding"));

    private static final Map<String, GuardrailMeasure> BY_NAME = byName();

    private GuardrailMeasures() {}

    /** Every measure. */
    public static List<GuardrailMeasure> all() {
        return ALL;
    }

    /** The sources of all rates, each once. Their position is part of the canary job's state: add at the end. */
    public static List<Measure> rateSources() {
        return sources(Kind.RATE);
    }

    /** The sources of all other kinds, each once. Their position is part of the canary job's state: add at the end. */
    public static List<Measure> valueSources() {
        return sources(Kind.TAIL, Kind.LOG_MEAN, Kind.MEAN);
    }

    /**
     * The measure of that name.
     *
     * @throws IllegalArgumentException when there is none; the message lists the names
     */
    public static GuardrailMeasure named(String name) {
        GuardrailMeasure measure = BY_NAME.get(name);
        if (measure == null) {
            throw new IllegalArgumentException("no guardrail '%s'; known are %s".formatted(name, BY_NAME.keySet()));
        }
        return measure;
    }

    private static List<Measure> sources(Kind... kinds) {
        List<Measure> sources = new ArrayList<>();
        for (GuardrailMeasure measure : ALL) {
            if (List.of(kinds).contains(measure.kind()) && !sources.contains(measure.source())) {
                sources.add(measure.source());
            }
        }
        return List.copyOf(sources);
    }

    private static GuardrailMeasure rate(String source, boolean quality) {
        return new GuardrailMeasure(
                source, Kind.RATE, MeasureCatalog.named(source), 0, true, quality, Optional.empty());
    }

    private static GuardrailMeasure tail(String name, String source, double percentile) {
        return new GuardrailMeasure(
                name, Kind.TAIL, MeasureCatalog.named(source), percentile, true, false, Optional.empty());
    }

    private static GuardrailMeasure mean(
            String name, Kind kind, String source, boolean higherIsWorse, boolean quality) {
        return new GuardrailMeasure(
                name, kind, MeasureCatalog.named(source), 0, higherIsWorse, quality, Optional.empty());
    }

    /** Outcomes come later and from elsewhere. */
    private static GuardrailMeasure outcome(String name, OutcomeSource outcomes, boolean quality) {
        Measure source = fromElsewhere(name, "mean of the outcomes in [0, 1]");
        return new GuardrailMeasure(name, Kind.MEAN, source, 0, false, quality, Optional.of(outcomes));
    }

    /** It takes two calls to agree. */
    private static GuardrailMeasure agreement(String name) {
        Measure source = fromElsewhere(name, "share of shadow answers that agree with production's");
        return new GuardrailMeasure(name, Kind.AGREEMENT, source, 0, false, true, Optional.empty());
    }

    /** No call tells of itself. */
    private static Measure fromElsewhere(String name, String description) {
        return new Measure(name, Measure.Kind.DISTRIBUTION, "", 1, true, description, event -> Measure.UNKNOWN);
    }

    private static Map<String, GuardrailMeasure> byName() {
        Map<String, GuardrailMeasure> measures = new LinkedHashMap<>();
        ALL.forEach(measure -> measures.put(measure.name(), measure));
        return measures;
    }
}
