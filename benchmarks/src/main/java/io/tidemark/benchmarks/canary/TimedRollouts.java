package io.tidemark.benchmarks.canary;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Rollouts that are rolled back in their first pane, one after the other, each in a tenant of its own. */
final class TimedRollouts implements AutoCloseable {

    private static final int PAIRS = 300;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroSerializer<Trace> traces;
    private final AvroSerializer<Release> releases;
    private final Instant start;
    private final Duration round;

    /**
     * @param start event time of the first, a multiple of ten seconds
     * @param round event time between two
     */
    TimedRollouts(KafkaClientSettings kafka, SchemaRegistry registry, Instant start, Duration round) {
        this.producer = new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        this.traces = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
        this.releases = new AvroSerializer<>(registry, TopicCatalogue.RELEASES);
        this.start = start;
        this.round = round;
    }

    static String releaseId(int number) {
        return "release-" + number;
    }

    /**
     * Starts a rollout.
     *
     * @param adapter target adapter
     * @param target name of the target
     */
    void start(int number, String adapter, String target) {
        Rollout rollout = Rollout.newBuilder()
                .setReleaseId(releaseId(number))
                .setState(RolloutState.STARTED)
                .setCandidate(Rollouts.CANDIDATE.toAvro())
                .setControl(Rollouts.CONTROL.toAvro())
                .setMode(TrafficRole.CANARY)
                .setLadderPercent(List.of(50.0))
                .setTargetAdapter(adapter)
                .setTarget(target)
                .setGuardrails(List.of(Guardrail.newBuilder()
                        .setMeasure("errors")
                        .setTolerance(Rollouts.TOLERANCE)
                        .setAlphaWeight(1)
                        .setMinimumCount(30)
                        .build()))
                .build();
        Release release = Release.newBuilder()
                .setEventId("event-" + number)
                .setTenant(tenant(number))
                .setEventTime(begin(number))
                .setRollout(rollout)
                .build();
        acknowledged(List.of(send(TopicCatalogue.RELEASES, releases, tenant(number), release)));
    }

    /**
     * Sends the traffic of a rollout, half of the candidate's calls failed, and then what moves the watermark past its pane.
     *
     * @return when the last of that was appended, milliseconds since the epoch
     */
    long sendTraffic(int number) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            sent.add(send(trace(number, "candidate-" + i, i % 2 == 0, Rollouts.CANDIDATE, i)));
            sent.add(send(trace(number, "control-" + i, false, Rollouts.CONTROL, i)));
        }
        acknowledged(sent);
        return acknowledged(triggers(number));
    }

    /** One for each partition: the slowest decides what time it is. */
    private List<Future<RecordMetadata>> triggers(int number) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (PartitionInfo partition : producer.partitionsFor(TopicCatalogue.TRACES.name())) {
            Trace trigger = trace(number, "trigger-" + partition.partition(), false, Rollouts.CONTROL, 0);
            trigger.setEventTime(begin(number).plusMillis(20_001));
            byte[] value = traces.serialize(TopicCatalogue.TRACES.name(), trigger);
            sent.add(producer.send(
                    new ProducerRecord<>(TopicCatalogue.TRACES.name(), partition.partition(), null, value)));
        }
        return sent;
    }

    private Instant begin(int number) {
        return start.plus(round.multipliedBy(number));
    }

    private static String tenant(int number) {
        return "tenant-" + number;
    }

    private Trace trace(int number, String name, boolean fails, VersionTuple version, int offsetMillis) {
        return Trace.newBuilder()
                .setInferenceId(InferenceIds.inferenceId(tenant(number), name, ""))
                .setTenant(tenant(number))
                .setTraceId(name)
                .setEventTime(begin(number).plusMillis(1_000L + offsetMillis))
                .setVersion(version.toAvro())
                .setRole(version.equals(Rollouts.CANDIDATE) ? TrafficRole.CANARY : TrafficRole.PRODUCTION)
                .setStatus(fails ? InferenceStatus.ERROR : InferenceStatus.OK)
                .build();
    }

    private Future<RecordMetadata> send(Trace trace) {
        return send(TopicCatalogue.TRACES, traces, trace.getTenant() + trace.getTraceId(), trace);
    }

    private <T extends SpecificRecord> Future<RecordMetadata> send(
            Topic topic, AvroSerializer<T> serializer, String key, T record) {
        byte[] value = serializer.serialize(topic.name(), record);
        return producer.send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    private long acknowledged(List<Future<RecordMetadata>> sent) {
        producer.flush();
        long latest = 0;
        try {
            for (Future<RecordMetadata> each : sent) {
                latest = Math.max(latest, each.get().timestamp());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take a record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while records were sent", e);
        }
        return latest;
    }

    @Override
    public void close() {
        producer.close();
        traces.close();
        releases.close();
    }
}
