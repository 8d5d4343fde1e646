package io.tidemark.benchmarks.traffic;

import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.platform.kafka.KafkaClientSettings;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills a topic with traces as fast as it goes. */
public final class TraceBacklog implements AutoCloseable {

    private static final String BATCH_BYTES = Integer.toString(256 << 10);

    private final KafkaProducer<byte[], byte[]> producer;
    private final TraceStamps stamps;

    public TraceBacklog(StackEndpoints endpoints, TraceStamps stamps) {
        Properties properties =
                KafkaClientSettings.plain(endpoints.kafkaBootstrapServers()).producer();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.stamps = stamps;
    }

    /** Sends the traces of a range of numbers, and waits until the broker has acknowledged them. */
    public void send(String topic, long from, long to, EventTimes times) {
        for (long number = from; number < to; number++) {
            producer.send(new ProducerRecord<>(topic, stamps.key(number), stamps.record(number, times.micros(number))));
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
