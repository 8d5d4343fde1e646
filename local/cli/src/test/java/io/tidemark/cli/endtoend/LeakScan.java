package io.tidemark.cli.endtoend;

import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.StackEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks for texts in the bytes of every topic, and in every table as it is stored. */
final class LeakScan {

    private final StackEndpoints endpoints;
    private final List<String> needles;

    /** @param texts what must not be there */
    LeakScan(StackEndpoints endpoints, Collection<String> texts) {
        this.endpoints = endpoints;
        this.needles = texts.stream()
                .map(text -> bytesAsText(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** Where something was found: the topic or table, and what. */
    List<String> leaks() {
        List<String> leaks = new ArrayList<>(inTopics());
        leaks.addAll(inTables());
        return leaks;
    }

    private List<String> inTopics() {
        List<String> leaks = new ArrayList<>();
        Properties properties = endpoints.kafka().client();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    leaks.addAll(found(record.topic(), record.key()));
                    leaks.addAll(found(record.topic(), record.value()));
                }
            }
        }
        return leaks;
    }

    private List<String> inTables() {
        SqlClient sql = new SqlClient(endpoints.clickHouse());
        List<String> leaks = new ArrayList<>();
        sql.rows("SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree%'")
                .forEach(row -> leaks.addAll(found(
                        row.get("name").asText(), content(sql, row.get("name").asText()))));
        return leaks;
    }

    private static byte[] content(SqlClient sql, String table) {
        try (InputStream rows = sql.ask("SELECT * FROM " + table, "TSVRaw")) {
            return rows.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("table '%s' cannot be read".formatted(table), e);
        }
    }

    private List<String> found(String where, byte[] bytes) {
        if (bytes == null) {
            return List.of();
        }
        String text = bytesAsText(bytes);
        return needles.stream()
                .filter(text::contains)
                .map(needle -> where + ": " + needle)
                .toList();
    }

    /** A character for each byte, so that bytes can be searched. */
    private static String bytesAsText(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
