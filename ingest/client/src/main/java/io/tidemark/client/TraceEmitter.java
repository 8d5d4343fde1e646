package io.tidemark.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.ingest.redaction.Redaction;
import io.tidemark.ingest.redaction.Redactor;
import io.tidemark.ingest.validation.TraceValidator;
import io.tidemark.ingest.validation.Violation;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Sends traces to Tidemark from a request path. {@link #emit} never waits and never throws: a trace that cannot be taken is
 * counted by reason, and the result says why. Memory is bounded by {@link EmitterSettings}. Kafka and the registry may be
 * away, at the start too: traces are kept until they are older than the delivery timeout. For use by any number of threads.
 */
public final class TraceEmitter implements AutoCloseable {

    private final TraceValidator validator;
    private final Redactor redactor = Redactor.ofTexts();
    private final boolean redacts;
    private final RecordChannel channel;

    private TraceEmitter(EmitterSettings settings, RecordChannel channel) {
        validator = new TraceValidator(settings.limits());
        redacts = settings.redacts();
        this.channel = channel;
    }

    /**
     * Starts an emitter. Does not wait for a server.
     *
     * @param kafka how to reach Kafka, SASL and TLS included
     * @param registry where the schema of traces is registered
     * @param meters where the emitter counts
     * @param clock ages the traces that wait
     */
    public static TraceEmitter start(
            KafkaClientSettings kafka,
            SchemaRegistry registry,
            EmitterSettings settings,
            MeterRegistry meters,
            Clock clock) {
        return new TraceEmitter(
                settings,
                RecordChannel.start("trace", TopicCatalogue.TRACES, kafka, registry, settings, meters, clock));
    }

    /** Takes over what a builder holds. Unlike {@link TraceBuilder#build}, an invalid trace is a result and no exception. */
    public EmitResult emit(TraceBuilder builder) {
        return emit(builder.unchecked());
    }

    /**
     * Takes over a trace, which gets its inference id and loses the personal data in its texts. Its bytes are taken at once, so it may be
     * changed afterwards.
     */
    public EmitResult emit(Trace trace) {
        return channel.emit(() -> take(trace));
    }

    /**
     * Waits until every trace that was accepted before the call is acknowledged or dropped.
     *
     * @return number of traces that wait for delivery when the deadline comes; 0 when all before the call are settled
     */
    public long flush(Duration deadline) throws InterruptedException {
        return channel.flush(deadline);
    }

    /** Closes with a deadline of ten seconds. */
    @Override
    public void close() {
        channel.close();
    }

    /**
     * Takes no more traces, delivers those that wait, and drops what is left at the deadline.
     *
     * @return number of traces that were left, which are counted as dropped with reason {@code closed}
     */
    public long close(Duration deadline) throws InterruptedException {
        return channel.close(deadline);
    }

    private EmitResult take(Trace trace) {
        String spanId = trace.getSpanId() == null ? "" : trace.getSpanId();
        trace.setInferenceId(InferenceIds.inferenceId(trace.getTenant(), trace.getTraceId(), spanId));
        List<Violation> violations = validator.violations(trace);
        if (!violations.isEmpty()) {
            return EmitResult.invalid(violations);
        }
        redactTexts(trace);
        return channel.offer(trace, trace.getTenant(), trace.getTraceId());
    }

    /** The texts of the record itself: nobody should keep what must not leave the process. */
    private void redactTexts(Trace trace) {
        if (!redacts || trace.getPromptText() == null && trace.getResponseText() == null) {
            return;
        }
        int hits = 0;
        if (trace.getPromptText() != null) {
            Redaction prompt = redactor.redaction(trace.getPromptText());
            trace.setPromptText(prompt.text());
            hits += prompt.findings().size();
        }
        if (trace.getResponseText() != null) {
            Redaction response = redactor.redaction(trace.getResponseText());
            trace.setResponseText(response.text());
            hits += response.findings().size();
        }
        if (trace.getPiiHits() == null) {
            trace.setPiiHits(hits);
        }
    }
}
