package io.tidemark.benchmarks.pipeline;

import io.tidemark.benchmarks.traffic.TraceStamps;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends traces to the live topic at a rate, stamped with the time at which they are sent. */
final class Load implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final TraceStamps stamps;
    private final Clock clock;
    private long next;

    Load(StackEndpoints endpoints, Clock clock) {
        this.producer =
                new KafkaProducer<>(properties(endpoints), new ByteArraySerializer(), new ByteArraySerializer());
        this.stamps = new TraceStamps(endpoints.newRegistryClient(), 1);
        this.clock = clock;
    }

    private static Properties properties(StackEndpoints endpoints) {
        Properties properties =
                KafkaClientSettings.plain(endpoints.kafkaBootstrapServers()).producer();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 * 1024));
        return properties;
    }

    /**
     * Sends traces, and waits until the broker has acknowledged them.
     *
     * @param perSecond rate, or 0 for as fast as it goes
     * @return number of the trace after the last one
     */
    long send(long count, long perSecond) {
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            if (perSecond > 0) {
                pause(start + i * TimeUnit.SECONDS.toNanos(1) / perSecond);
            }
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
            producer.send(
                    new ProducerRecord<>(TopicCatalogue.TRACES.name(), stamps.key(next), stamps.record(next, now)));
            next++;
        }
        producer.flush();
        return next;
    }

    private static void pause(long untilNanos) {
        long left = untilNanos - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
