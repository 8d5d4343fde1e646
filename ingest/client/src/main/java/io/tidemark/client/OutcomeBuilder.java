package io.tidemark.client;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.ingest.validation.BlankOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Builds one outcome. What is not set stays unknown. It needs a value or a label, and a subject: a trace, a session, or the
 * slice of its inference. For one thread, and for one outcome.
 */
public final class OutcomeBuilder {

    private final Outcome outcome = BlankOutcome.create();

    private OutcomeBuilder() {}

    /**
     * Starts an outcome.
     *
     * @param tenant tenant, not empty
     * @param name what was measured, for example {@code thumbs}; {@code OutcomeCatalogue} lists what Tidemark makes use of
     * @param happened when it happened
     */
    public static OutcomeBuilder outcome(String tenant, String name, Instant happened) {
        OutcomeBuilder builder = new OutcomeBuilder();
        builder.outcome.setTenant(tenant);
        builder.outcome.setName(name);
        if (happened != null) {
            builder.outcome.setEventTime(happened);
        }
        return builder;
    }

    /** The trace that it is about. */
    public OutcomeBuilder trace(String traceId) {
        outcome.setTraceId(traceId);
        return this;
    }

    /** The model-call span, where the trace holds several. */
    public OutcomeBuilder span(String spanId) {
        outcome.setSpanId(spanId);
        return this;
    }

    /** The session that it is about as a whole. */
    public OutcomeBuilder session(String sessionId) {
        outcome.setSessionId(sessionId);
        return this;
    }

    /** The slice of the inference, for an outcome whose trace may not be sampled. */
    public OutcomeBuilder slice(VersionTuple version, TrafficRole role, String intent, Instant inferenceFinished) {
        outcome.setVersion(version == null ? null : version.toAvro());
        outcome.setRole(role);
        outcome.setIntent(intent);
        outcome.setInferenceTime(inferenceFinished);
        return this;
    }

    /** Numeric value. */
    public OutcomeBuilder value(double value) {
        outcome.setValue(value);
        return this;
    }

    /** Categorical value. */
    public OutcomeBuilder label(String label) {
        outcome.setLabel(label);
        return this;
    }

    /** Who says so. */
    public OutcomeBuilder source(OutcomeSource source) {
        outcome.setSource(source);
        return this;
    }

    /** The judge that says so. */
    public OutcomeBuilder judge(String name, String version) {
        outcome.setSource(OutcomeSource.JUDGE);
        outcome.setJudgeName(name);
        outcome.setJudgeVersion(version);
        return this;
    }

    /** Why; personal data is taken out of it before it leaves the process. */
    public OutcomeBuilder explanation(String explanation) {
        outcome.setExplanation(explanation);
        return this;
    }

    /** What the judgement cost, in billionths of a US dollar. */
    public OutcomeBuilder costNanoUsd(long cost) {
        outcome.setCostNanoUsd(cost);
        return this;
    }

    /** When it became known; when it is emitted, where it is not set. */
    public OutcomeBuilder observed(Instant observed) {
        outcome.setObservedTime(observed);
        return this;
    }

    /** A further fact. */
    public OutcomeBuilder attribute(String name, String value) {
        Map<String, String> attributes = new HashMap<>(outcome.getAttributes());
        attributes.put(name, value);
        outcome.setAttributes(attributes);
        return this;
    }

    Outcome outcome() {
        return outcome;
    }
}
