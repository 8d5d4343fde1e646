package io.tidemark.sink.service;

import io.tidemark.sink.table.StoredTopic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that this process has now. They come and go inside of a poll, on the thread of the consumer. */
final class AssignedFlows implements ConsumerRebalanceListener {

    private static final Logger LOGGER = LoggerFactory.getLogger(AssignedFlows.class);

    private final Map<TopicPartition, PartitionFlow> flows = new LinkedHashMap<>();
    private final CommittedOffsets offsets;
    private final Map<String, StoredTopic> topics;
    private final Duration handOver;
    private boolean abandoned;

    /** @param handOver longest wait for an insert in flight when its partition is taken away */
    AssignedFlows(CommittedOffsets offsets, Map<String, StoredTopic> topics, Duration handOver) {
        this.offsets = offsets;
        this.topics = Map.copyOf(topics);
        this.handOver = handOver;
    }

    Collection<PartitionFlow> all() {
        return flows.values();
    }

    PartitionFlow get(TopicPartition partition) {
        return flows.get(partition);
    }

    /** After a failure nothing may be committed any more: the next process repeats what was begun. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = offsets.committed(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            OptionalLong intended = offset == null ? OptionalLong.empty() : CommitMetadata.intendedEnd(offset);
            long position = offset == null ? offsets.beginning(partition) : offset.offset();
            intended.ifPresent(end -> LOGGER.info(
                    "partition {}: the range {} to {} was begun before and is inserted again",
                    partition,
                    position,
                    end));
            flows.put(partition, new PartitionFlow(partition, topics.get(partition.topic()), position, intended));
        }
    }

    /** Waits a little for what is in flight, so that the next owner need not do it again. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (abandoned) {
            return;
        }
        long deadline = System.nanoTime() + handOver.toNanos();
        Map<TopicPartition, OffsetAndMetadata> stored = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionFlow flow = flows.remove(partition);
            if (flow != null && isStoredBefore(flow, deadline) && flow.stored() > flow.committed()) {
                stored.put(partition, CommitMetadata.done(flow.stored()));
            }
        }
        if (!stored.isEmpty()) {
            offsets.commit(stored);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionFlow flow = flows.remove(partition);
            if (flow != null) {
                flow.cancel();
            }
        }
    }

    private static boolean isStoredBefore(PartitionFlow flow, long deadlineNanos) {
        if (!flow.isInserting()) {
            return true;
        }
        try {
            flow.insert().get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            flow.inserted();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.warn("partition {} is handed over while its range is being inserted", flow.partition());
        }
        flow.cancel();
        return false;
    }
}
