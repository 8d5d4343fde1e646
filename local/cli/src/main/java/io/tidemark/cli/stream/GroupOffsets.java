package io.tidemark.cli.stream;

import io.tidemark.cli.CommandFailure;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Where a consumer group stands. */
public final class GroupOffsets {

    private final Admin admin;
    private final String group;

    public GroupOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Consumer group of the sink of a run. */
    public static String sinkGroup(String run) {
        return run.isEmpty() ? "tidemark-sink" : "tidemark-sink." + run;
    }

    /** Committed offset of each partition that has one. */
    public Map<TopicPartition, Long> committed() {
        try {
            Map<TopicPartition, Long> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> put(committed, partition, offset));
            return committed;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw unavailable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** End offset, of what is committed, of each partition of the topics; topics that do not exist are left out. */
    public Map<TopicPartition, Long> ends(Collection<String> topics) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicPartition partition : partitions(topics)) {
            asked.put(partition, OffsetSpec.latest());
        }
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(
                            asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get();
            found.forEach((partition, info) -> ends.put(partition, info.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Records in the topics that the group has not committed yet. */
    public long lag(Collection<String> topics) {
        Map<TopicPartition, Long> committed = committed();
        return ends(topics).entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** Partitions of the topics that exist. */
    public List<TopicPartition> partitions(Collection<String> topics) {
        return admin.describeTopics(topics).topicNameValues().entrySet().stream()
                .flatMap(entry -> partitions(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private static List<TopicPartition> partitions(String topic, KafkaFuture<TopicDescription> description) {
        try {
            return description.get().partitions().stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw unavailable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A partition without a commit is listed with null. */
    private static void put(Map<TopicPartition, Long> committed, TopicPartition partition, OffsetAndMetadata offset) {
        if (offset != null) {
            committed.put(partition, offset.offset());
        }
    }

    private static CommandFailure unavailable(ExecutionException e) {
        return new CommandFailure("Kafka does not answer: " + e.getCause().getMessage(), e);
    }

    private static CommandFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandFailure("interrupted while asking Kafka", e);
    }
}
