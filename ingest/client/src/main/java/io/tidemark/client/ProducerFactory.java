package io.tidemark.client;

import io.tidemark.platform.kafka.KafkaClientSettings;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the producer. Kafka resolves the names of brokers here, so that it is called when they are needed, and again. */
record ProducerFactory(KafkaClientSettings kafka, EmitterSettings settings)
        implements Supplier<Producer<byte[], byte[]>> {

    private static final String BATCH_BYTES = "65536";
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(2);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);
    private static final int OVERHEAD_BYTES = 4_096;

    @Override
    public Producer<byte[], byte[]> get() {
        return new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Properties properties() {
        Properties properties = kafka.producer();
        Duration timeout = settings.deliveryTimeout();
        Duration request = shorter(LONGEST_REQUEST, timeout.minus(settings.linger()));
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, millis(settings.linger()));
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(timeout));
        properties.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(request));
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(shorter(LONGEST_BLOCK, timeout)));
        properties.putIfAbsent(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(settings.recordBytes() + OVERHEAD_BYTES));
        return properties;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
