package io.tidemark.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.outcome.OutcomeIds;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.ingest.redaction.Redactor;
import io.tidemark.ingest.validation.OutcomeValidator;
import io.tidemark.ingest.validation.Violation;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sends what is learned about inferences after they finished: feedback, labels, judge scores, business events. Like
 * {@link TraceEmitter} it never waits and never throws, its memory is bounded, and Kafka and the registry may be away.
 * For use by any number of threads.
 */
public final class OutcomeEmitter implements AutoCloseable {

    private final OutcomeValidator validator;
    private final Redactor redactor = Redactor.ofTexts();
    private final boolean redacts;
    private final Clock clock;
    private final RecordChannel channel;

    private OutcomeEmitter(EmitterSettings settings, Clock clock, RecordChannel channel) {
        validator = new OutcomeValidator(settings.limits());
        redacts = settings.redacts();
        this.clock = clock;
        this.channel = channel;
    }

    /**
     * Starts an emitter. Does not wait for a server.
     *
     * @param kafka how to reach Kafka, SASL and TLS included
     * @param registry where the schema of outcomes is registered
     * @param meters where the emitter counts, under the label {@code records=outcomes}
     * @param clock says when an outcome became known, and ages those that wait
     */
    public static OutcomeEmitter start(
            KafkaClientSettings kafka,
            SchemaRegistry registry,
            EmitterSettings settings,
            MeterRegistry meters,
            Clock clock) {
        return new OutcomeEmitter(
                settings,
                clock,
                RecordChannel.start("outcome", TopicCatalogue.OUTCOMES, kafka, registry, settings, meters, clock));
    }

    /** Takes over what a builder holds. */
    public EmitResult emit(OutcomeBuilder builder) {
        return emit(builder.outcome());
    }

    /**
     * Takes over an outcome. Where it says neither, it gets the id that {@link OutcomeIds} derives, and became known now; its
     * explanation loses personal data. Its bytes are taken at once, so it may be changed afterwards.
     */
    public EmitResult emit(Outcome outcome) {
        return channel.emit(() -> take(outcome));
    }

    /**
     * Waits until every outcome that was accepted before the call is acknowledged or dropped.
     *
     * @return number of outcomes that wait for delivery when the deadline comes; 0 when all before the call are settled
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
     * Takes no more outcomes, delivers those that wait, and drops what is left at the deadline.
     *
     * @return number of outcomes that were left, which are counted as dropped with reason {@code closed}
     */
    public long close(Duration deadline) throws InterruptedException {
        return channel.close(deadline);
    }

    private EmitResult take(Outcome outcome) {
        if (Instant.EPOCH.equals(outcome.getObservedTime())) {
            outcome.setObservedTime(clock.instant());
        }
        List<Violation> violations = validator.violations(outcome);
        if (!violations.isEmpty()) {
            return EmitResult.invalid(violations);
        }
        if (outcome.getOutcomeId() == null || outcome.getOutcomeId().isEmpty()) {
            outcome.setOutcomeId(OutcomeIds.outcomeId(outcome));
        }
        if (redacts && outcome.getExplanation() != null) {
            outcome.setExplanation(redactor.redact(outcome.getExplanation()));
        }
        return channel.offer(outcome, outcome.getTenant(), outcome.getTraceId());
    }
}
