package io.tidemark.cli.replay;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes the traces of a run, and its end markers; the empty run is live traffic, which has no end. A broker that goes away and comes back costs time, but no trace. */
public final class TraceProducer implements AutoCloseable {

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroSerializer<Trace> serializer;
    private final String run;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** @param patience how long Kafka may be away before sending is given up */
    public TraceProducer(StackEndpoints endpoints, String run, Duration patience) {
        this.producer = new KafkaProducer<>(
                properties(endpoints, patience), new ByteArraySerializer(), new ByteArraySerializer());
        this.serializer = new AvroSerializer<>(endpoints.newRegistryClient(), TopicCatalogue.TRACES);
        this.run = run;
        this.topic = TopicCatalogue.TRACES.nameInRun(run);
    }

    private static Properties properties(StackEndpoints endpoints, Duration patience) {
        Properties properties = endpoints.kafka().producer();
        String patienceMillis = Long.toString(patience.toMillis());
        String requestMillis = Long.toString(Math.min(patience.toMillis() / 2, LONGEST_REQUEST.toMillis()));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMillis);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 * 1024));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMillis);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMillis);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        return properties;
    }

    /**
     * Hands a trace over for sending.
     *
     * @throws CommandFailure when an earlier one could not be sent
     */
    public void send(Trace trace) {
        byte[] key = InferenceIds.kafkaKey(trace.getTenant(), trace.getTraceId());
        byte[] value = serializer.serialize(topic, trace);
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
        requireNoFailure();
    }

    /**
     * Waits until every trace is acknowledged, then writes the end marker into each partition.
     *
     * @return offset of the marker of each partition
     */
    Map<Integer, Long> finish() {
        producer.flush();
        requireNoFailure();
        List<Future<RecordMetadata>> markers = new ArrayList<>();
        for (PartitionInfo partition : producer.partitionsFor(topic)) {
            ProducerRecord<byte[], byte[]> marker = new ProducerRecord<>(topic, partition.partition(), null, null);
            marker.headers().add(RecordHeaders.END_MARKER, run.getBytes(StandardCharsets.UTF_8));
            markers.add(producer.send(marker));
        }
        Map<Integer, Long> offsets = new TreeMap<>();
        for (Future<RecordMetadata> marker : markers) {
            RecordMetadata metadata = acknowledged(marker);
            offsets.put(metadata.partition(), metadata.offset());
        }
        return offsets;
    }

    private void requireNoFailure() {
        Exception problem = failure.get();
        if (problem != null) {
            throw notTaken(problem);
        }
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw notTaken(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("the replay was interrupted", e);
        }
    }

    private static CommandFailure notTaken(Throwable problem) {
        return new CommandFailure(
                "Kafka did not take a trace, the traffic is incomplete: " + problem.getMessage(), problem);
    }

    @Override
    public void close() {
        producer.close();
    }
}
