package io.tidemark.ingest.validation;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.outcome.OutcomeCatalogue;
import io.tidemark.contracts.outcome.OutcomeMeasure;
import java.util.List;

/**
 * Checks an outcome against its contract before it goes to Kafka. A broken rule is a {@link Violation} that names field,
 * value and what is allowed. An outcome of a name that is not measured may have any value: it is stored.
 */
public final class OutcomeValidator {

    private final TraceLimits limits;

    public OutcomeValidator(TraceLimits limits) {
        this.limits = limits;
    }

    /** Every broken rule, in the order of the schema; empty when the outcome keeps its contract. */
    public List<Violation> violations(Outcome outcome) {
        FieldChecks checks = new FieldChecks(limits);
        identity(checks, outcome);
        checks.requiredName("name", outcome.getName());
        checks.finite("value", outcome.getValue());
        checks.text("label", outcome.getLabel(), limits.attributeBytes());
        measure(checks, outcome);
        checks.present("source", outcome.getSource());
        checks.name("judge_name", outcome.getJudgeName());
        checks.name("judge_version", outcome.getJudgeVersion());
        checks.text("explanation", outcome.getExplanation(), limits.attributeBytes());
        checks.notNegative("cost_nano_usd", outcome.getCostNanoUsd());
        checks.afterEpoch("event_time", outcome.getEventTime());
        checks.afterEpoch("observed_time", outcome.getObservedTime());
        checks.texts("attributes", outcome.getAttributes(), limits.attributes());
        if (outcome.getVersion() != null) {
            checks.version(outcome.getVersion());
        }
        checks.present("role", outcome.getRole());
        checks.name("intent", outcome.getIntent());
        return checks.found();
    }

    private static void identity(FieldChecks checks, Outcome outcome) {
        checks.requiredName("tenant", outcome.getTenant());
        checks.name("trace_id", outcome.getTraceId());
        checks.present("trace_id", outcome.getTraceId());
        checks.name("span_id", outcome.getSpanId());
        checks.name("session_id", outcome.getSessionId());
        if ("".equals(outcome.getTraceId()) && outcome.getSessionId() == null && outcome.getVersion() == null) {
            checks.violation("trace_id", "", "must be set where neither session_id nor version is");
        }
    }

    private static void measure(FieldChecks checks, Outcome outcome) {
        OutcomeMeasure measure = OutcomeCatalogue.outcome(outcome.getName());
        if (measure == null) {
            if (outcome.getValue() == null && outcome.getLabel() == null) {
                checks.violation("value", "null", "must be set where label is not");
            }
        } else if (!measure.accepts(outcome.getValue(), outcome.getLabel())) {
            boolean hasValue = outcome.getValue() != null;
            checks.violation(
                    hasValue ? "value" : "label",
                    hasValue ? outcome.getValue().toString() : shown(outcome.getLabel()),
                    "of %s must %s".formatted(measure.name(), measure.rule()));
        }
    }

    private static String shown(String label) {
        return label == null ? "null" : FieldChecks.shown(label);
    }
}
