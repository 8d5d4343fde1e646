package io.tidemark.cli.replay;

import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stream.GroupOffsets;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far the sink of a run has stored what the run has written. */
final class SinkProgress implements AutoCloseable {

    private static final String ANSWER_MILLIS = "5000";
    private static final Duration POLL = Duration.ofMillis(500);

    private final String traces;
    private final List<String> results;
    private final Admin admin;
    private final GroupOffsets group;
    private final KafkaConsumer<byte[], byte[]> reader;

    SinkProgress(StackEndpoints endpoints, String run) {
        traces = TopicCatalogue.TRACES.nameInRun(run);
        results = List.of(
                TopicCatalogue.WINDOWS.nameInRun(run),
                TopicCatalogue.LATE.nameInRun(run),
                TopicCatalogue.ALERTS.nameInRun(run),
                TopicCatalogue.VERDICTS.nameInRun(run),
                TopicCatalogue.DRIFT.nameInRun(run));
        admin = Admin.create(impatient(endpoints));
        group = new GroupOffsets(admin, GroupOffsets.sinkGroup(run));
        Properties properties = impatient(endpoints);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reader = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Properties impatient(StackEndpoints endpoints) {
        Properties properties = endpoints.kafka().client();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        return properties;
    }

    /** Committed offsets of the traces' partitions; they grow as long as the sink comes on. */
    Map<Integer, Long> storedTraces() {
        Map<Integer, Long> stored = new TreeMap<>();
        group.committed().forEach((partition, offset) -> {
            if (partition.topic().equals(traces)) {
                stored.put(partition.partition(), offset);
            }
        });
        return stored;
    }

    /** Records before the end markers that are not stored. */
    long tracesBehind(Map<Integer, Long> markers) {
        Map<Integer, Long> stored = storedTraces();
        return markers.entrySet().stream()
                .mapToLong(marker -> Math.max(0, marker.getValue() + 1 - stored.getOrDefault(marker.getKey(), 0L)))
                .sum();
    }

    /**
     * Partitions of the run's results that hold records behind the sink's position. A position short of the end is not enough to
     * say so: transactions end with a marker that counts as an offset and is no record.
     */
    List<TopicPartition> resultsBehind() {
        Map<TopicPartition, Long> committed = group.committed();
        List<TopicPartition> behind = new ArrayList<>();
        group.ends(results).forEach((partition, end) -> {
            long position = committed.getOrDefault(partition, 0L);
            if (position < end && holdsRecords(partition, position, end)) {
                behind.add(partition);
            }
        });
        return behind;
    }

    private boolean holdsRecords(TopicPartition partition, long from, long end) {
        reader.assign(List.of(partition));
        reader.seek(partition, from);
        while (reader.position(partition) < end) {
            if (!reader.poll(POLL).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        reader.close();
        admin.close(Duration.ZERO);
    }
}
