package io.tidemark.benchmarks.windows;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Traces over many slices, in the order of their event times, with the numbers that a serving stack really knows. */
final class SliceTraffic {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int TENANTS = 20;
    private static final int INTENTS = 10;
    private static final long MICROS_PER_PANE = 10_000_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final int slices;
    private final long microsPerEvent;

    SliceTraffic(int slices, int eventsPerSliceAndPane) {
        this.slices = slices;
        microsPerEvent = Math.max(1, MICROS_PER_PANE / ((long) slices * eventsPerSliceAndPane));
    }

    /** Sends the traces; returns the mean size of a record in bytes. */
    double send(KafkaClientSettings kafka, SchemaRegistry registry, String topic, int partitions, long count) {
        Properties properties = kafka.producer();
        properties.put("linger.ms", "20");
        properties.put("batch.size", "262144");
        long bytes = 0;
        try (AvroSerializer<Trace> serializer = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long number = 0; number < count; number++) {
                byte[] value = serializer.serialize(topic, trace(number));
                bytes += value.length;
                producer.send(new ProducerRecord<>(topic, (int) (number % partitions), null, value));
            }
        }
        return bytes / (double) count;
    }

    private Trace trace(long number) {
        int slice = random.nextInt(slices);
        String tenant = "tenant-" + slice % TENANTS;
        String traceId = Long.toHexString(number * 0x9E3779B97F4A7C15L);
        long output = 20 + random.nextInt(800);
        long firstToken = 80_000 + random.nextInt(900_000);
        boolean failed = random.nextInt(100) == 0;
        Trace trace = new Trace();
        trace.setInferenceId(InferenceIds.inferenceId(tenant, traceId, ""));
        trace.setEventTime(START.plus(number * microsPerEvent, ChronoUnit.MICROS));
        trace.setTenant(tenant);
        trace.setVersion(version(slice / TENANTS / INTENTS));
        trace.setRole(TrafficRole.PRODUCTION);
        trace.setIntent("intent-" + slice / TENANTS % INTENTS);
        trace.setProvider("openai");
        trace.setProviderKeyId("key-" + slice % TENANTS % 4);
        trace.setTraceId(traceId);
        trace.setStatus(failed ? InferenceStatus.ERROR : InferenceStatus.OK);
        trace.setHttpStatus(failed ? 500 : 200);
        trace.setRefused(random.nextInt(50) == 0);
        trace.setCacheHit(random.nextInt(4) == 0);
        trace.setRetries(0);
        trace.setTtftMicros(firstToken);
        trace.setTimePerOutputTokenMicros(8_000L + random.nextInt(20_000));
        trace.setEndToEndMicros(firstToken + output * 15_000);
        trace.setInputTokens(50L + random.nextInt(4_000));
        trace.setOutputTokens(output);
        trace.setSpans(List.of());
        trace.setNumericFeatures(java.util.Map.of());
        trace.setCategoricalFeatures(java.util.Map.of());
        trace.setAttributes(java.util.Map.of());
        return trace;
    }

    private static VersionTupleRecord version(int number) {
        return new VersionTupleRecord("gpt-4o", "none", "prompt-" + number, "tools-3", "none", "eval-7", "vllm-0.9");
    }
}
