package io.tidemark.cli.replay;

import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the progress topic of a run from its beginning. */
final class ProgressReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final JobProgress progress = new JobProgress();

    ProgressReader(StackEndpoints endpoints, String run) {
        Properties properties = endpoints.kafka().client();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(TopicCatalogue.PROGRESS.nameInRun(run), 0)));
    }

    /** What is known after at most {@code wait} more. */
    JobProgress poll(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            progress.add(new String(record.value(), StandardCharsets.UTF_8));
        }
        return progress;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
