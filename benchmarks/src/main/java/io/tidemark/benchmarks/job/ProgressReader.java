package io.tidemark.benchmarks.job;

import io.tidemark.platform.kafka.KafkaClientSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed progress records that a job writes from now on. */
public final class ProgressReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, String> records = new HashMap<>();

    /** A reader of what is written from now on. */
    public ProgressReader(KafkaClientSettings kafka, String topic) {
        consumer = new KafkaConsumer<>(
                kafka.consumer("benchmark"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
    }

    /** Reads what has come; always true. */
    public boolean poll() {
        consumer.poll(Duration.ofMillis(1))
                .forEach(record -> records.put(
                        new String(record.key(), StandardCharsets.UTF_8),
                        new String(record.value(), StandardCharsets.UTF_8)));
        return true;
    }

    /** Whether all partitions and the one windows subtask have reported. */
    public boolean isComplete(int partitions) {
        return records.size() == partitions + 1;
    }

    /** Whether a stage has reported. */
    public boolean has(String stage) {
        return records.containsKey(stage);
    }

    /** Sum of a number over the records. */
    public long total(String field) {
        Pattern number = Pattern.compile("\"%s\":(\\d+)".formatted(field));
        long total = 0;
        for (String json : records.values()) {
            Matcher matcher = number.matcher(json);
            total += matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        }
        return total;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
