package io.tidemark.cli.tail;

import io.tidemark.contracts.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the traces and dead letters of live traffic and of every replay run. Topics that exist at the start are followed from their end;
 * those of a run that starts later are read from their beginning.
 */
final class TraceTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS_BETWEEN_DISCOVERIES = 5;

    private final Consumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> followed = new HashSet<>();
    private int polls;

    TraceTail(Properties properties) {
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> existing = discover();
        consumer.assign(existing);
        consumer.seekToEnd(existing);
        existing.forEach(consumer::position);
        followed.addAll(existing);
    }

    static boolean isDeadLetter(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(TopicCatalogue.TRACES.deadLetterName());
    }

    /** The records that came since the last call; waits a moment for the first. */
    ConsumerRecords<byte[], byte[]> next() {
        if (++polls % POLLS_BETWEEN_DISCOVERIES == 0) {
            follow(discover());
        }
        return consumer.poll(POLL);
    }

    private void follow(List<TopicPartition> partitions) {
        List<TopicPartition> fresh =
                partitions.stream().filter(each -> !followed.contains(each)).toList();
        boolean unchanged = fresh.isEmpty() && followed.size() == partitions.size();
        if (!unchanged) {
            followed.clear();
            followed.addAll(partitions);
            consumer.assign(followed);
            consumer.seekToBeginning(fresh);
        }
    }

    private List<TopicPartition> discover() {
        String name = TopicCatalogue.TRACES.name();
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.listTopics().forEach((topic, infos) -> {
            if (topic.equals(name) || topic.startsWith(name + ".")) {
                for (PartitionInfo info : infos) {
                    partitions.add(new TopicPartition(topic, info.partition()));
                }
            }
        });
        return partitions;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
