package io.tidemark.gateway.publish;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.RegistryUnavailableException;
import io.tidemark.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what requests hold to Kafka. The client's buffer is bounded, a request blocks for half a second at most, and while Kafka is away one request
 * at a time tries whether it has come back; the others fail at once.
 */
public final class Publisher implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Publisher.class);

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final KafkaAvailability availability;
    private final RecordWriter<SpanBatch> spans;
    private final RecordWriter<Trace> traces;
    private final RecordWriter<Outcome> outcomes;

    /**
     * Opens the producer; Kafka need not be there yet.
     *
     * @param delivery longest time until a request hears that Kafka has not acknowledged it
     * @param linger how long a batch waits for more records
     * @param bufferBytes most bytes that wait for Kafka
     */
    public Publisher(
            KafkaClientSettings kafka,
            SchemaRegistry registry,
            Duration delivery,
            Duration linger,
            long bufferBytes,
            Clock clock) {
        Properties properties = kafka.producer();
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, Long.toString(linger.toMillis()));
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(bufferBytes));
        properties.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(delivery.toMillis()));
        properties.putIfAbsent(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Long.toString(delivery.minus(linger).toMillis() / 2));
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "500");
        properties.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.availability = new KafkaAvailability(clock);
        this.spans = new RecordWriter<>(registry, TopicCatalogue.SPANS);
        this.traces = new RecordWriter<>(registry, TopicCatalogue.TRACES);
        this.outcomes = new RecordWriter<>(registry, TopicCatalogue.OUTCOMES);
    }

    /** The records of one request: spans and outcomes. Done when Kafka has acknowledged them all. */
    public CompletableFuture<Void> publish(List<SpanBatch> batches, List<Outcome> results) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(batches.size() + results.size());
        try {
            for (SpanBatch batch : batches) {
                records.add(record(TopicCatalogue.SPANS, batch.getTenant(), batch.getTraceId(), spans.write(batch)));
            }
            for (Outcome outcome : results) {
                byte[] value = outcomes.write(outcome);
                records.add(record(TopicCatalogue.OUTCOMES, outcome.getTenant(), outcome.getTraceId(), value));
            }
        } catch (RegistryUnavailableException e) {
            return failed(e);
        }
        return send(records);
    }

    /** Finished inferences, which need no assembly. */
    public CompletableFuture<Void> publishTraces(List<Trace> inferences) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(inferences.size());
        try {
            for (Trace trace : inferences) {
                records.add(record(TopicCatalogue.TRACES, trace.getTenant(), trace.getTraceId(), traces.write(trace)));
            }
        } catch (RegistryUnavailableException e) {
            return failed(e);
        }
        return send(records);
    }

    /** Whether Kafka answered when it was last needed. */
    public boolean isReachable() {
        return availability.isGood();
    }

    /** Sends what waits, for ten seconds at most. */
    @Override
    public void close() {
        producer.close(CLOSE_DEADLINE);
    }

    private CompletableFuture<Void> send(List<ProducerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (!availability.mayTry()) {
            return failed(new KafkaException("Kafka did not answer a moment ago"));
        }
        Acknowledgements acknowledgements = new Acknowledgements(records.size());
        CompletableFuture<Void> done = acknowledgements.done().whenComplete((nothing, failure) -> {
            if (failure == null || failure instanceof RecordTooLargeException) {
                availability.worked();
            } else if (availability.failed()) {
                LOGGER.error("Kafka does not take what is sent; clients are told to try again: {}", reason(failure));
            }
        });
        try {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record, acknowledgements);
                if (done.isCompletedExceptionally()) {
                    // a send may block for a while; without Kafka each of the others would
                    break;
                }
            }
        } catch (KafkaException | IllegalStateException e) {
            acknowledgements.done().completeExceptionally(e);
        }
        return done;
    }

    private static String reason(Throwable failure) {
        return failure instanceof AuthenticationException
                ? failure.getMessage() + "; see kafka.properties.sasl.* and kafka.properties.ssl.*"
                : String.valueOf(failure.getMessage());
    }

    private static CompletableFuture<Void> failed(RuntimeException failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, String tenant, String traceId, byte[] value) {
        return new ProducerRecord<>(topic.name(), InferenceIds.kafkaKey(tenant, traceId), value);
    }
}
