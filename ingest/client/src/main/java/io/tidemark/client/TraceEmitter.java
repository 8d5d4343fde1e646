package io.tidemark.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.ingest.redaction.Redaction;
import io.tidemark.ingest.redaction.Redactor;
import io.tidemark.ingest.validation.TraceValidator;
import io.tidemark.ingest.validation.Violation;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.AvroRuntimeException;

/**
 * Sends traces to Tidemark from a request path. {@link #emit} never waits and never throws: a trace that cannot be taken is
 * counted by reason, and the result says why. Memory is bounded by {@link EmitterSettings}. Kafka and the registry may be
 * away, at the start too: traces are kept until they are older than the delivery timeout. For use by any number of threads.
 */
public final class TraceEmitter implements AutoCloseable {

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(2);

    private final TraceValidator validator;
    private final Redactor redactor = Redactor.ofTexts();
    private final TraceEncoder encoder = new TraceEncoder();
    private final EmitterSettings settings;
    private final TraceBuffer buffer;
    private final EmitterMetrics metrics;
    private final TraceSender sender;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean closed;

    private TraceEmitter(
            KafkaClientSettings kafka,
            SchemaRegistry registry,
            EmitterSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.settings = settings;
        this.clock = clock;
        validator = new TraceValidator(settings.limits());
        buffer = new TraceBuffer(settings.bufferRecords(), settings.bufferBytes());
        metrics = new EmitterMetrics(meters, buffer);
        sender = new TraceSender(settings, buffer, metrics, registry, new ProducerFactory(kafka, settings), clock);
        thread = new Thread(sender, "tidemark-trace-sender");
        thread.setDaemon(true);
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
        TraceEmitter emitter = new TraceEmitter(kafka, registry, settings, meters, clock);
        emitter.thread.start();
        return emitter;
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
        metrics.emitted();
        EmitResult result = closed ? EmitResult.CLOSED : take(trace);
        result.dropped().ifPresent(metrics::dropped);
        if (result.accepted()) {
            sender.wake();
            if (sender.ended()) {
                sender.dropWaiting();
            }
        }
        return result;
    }

    /**
     * Waits until every trace that was accepted before the call is acknowledged or dropped.
     *
     * @return number of traces that wait for delivery when the deadline comes; 0 when all before the call are settled
     */
    public long flush(Duration deadline) throws InterruptedException {
        if (closed) {
            return buffer.records();
        }
        return passesMarker(deadline) ? 0 : buffer.records();
    }

    /** Closes with a deadline of ten seconds. */
    @Override
    public void close() {
        try {
            close(CLOSE_DEADLINE);
        } catch (InterruptedException e) {
            sender.stop();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes no more traces, delivers those that wait, and drops what is left at the deadline.
     *
     * @return number of traces that were left, which are counted as dropped with reason {@code closed}
     */
    public long close(Duration deadline) throws InterruptedException {
        if (closed) {
            return 0;
        }
        closed = true;
        passesMarker(deadline);
        long left = buffer.records();
        sender.stop();
        thread.join(STOP_DEADLINE.toMillis());
        sender.dropWaiting();
        return left;
    }

    private boolean passesMarker(Duration deadline) throws InterruptedException {
        BufferedTrace marker = BufferedTrace.marker();
        buffer.addMarker(marker);
        sender.wake();
        return marker.passed().await(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private EmitResult take(Trace trace) {
        String spanId = trace.getSpanId() == null ? "" : trace.getSpanId();
        trace.setInferenceId(InferenceIds.inferenceId(trace.getTenant(), trace.getTraceId(), spanId));
        List<Violation> violations = validator.violations(trace);
        if (!violations.isEmpty()) {
            return EmitResult.dropped(DropReason.INVALID, InvalidTraceException.sentence(violations));
        }
        redactTexts(trace);
        byte[] record;
        try {
            record = encoder.encode(trace);
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            return EmitResult.dropped(DropReason.SERIALIZATION, "trace cannot be written as Avro: " + e.getMessage());
        }
        if (record.length > settings.recordBytes()) {
            return EmitResult.dropped(
                    DropReason.INVALID,
                    "trace = '%d bytes' must have at most %d bytes".formatted(record.length, settings.recordBytes()));
        }
        byte[] key = InferenceIds.kafkaKey(trace.getTenant(), trace.getTraceId());
        return buffer.offer(new BufferedTrace(key, record, clock.millis()))
                ? EmitResult.ACCEPTED
                : EmitResult.BUFFER_FULL;
    }

    /** The texts of the record itself: nobody should keep what must not leave the process. */
    private void redactTexts(Trace trace) {
        if (!settings.redacts() || trace.getPromptText() == null && trace.getResponseText() == null) {
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
