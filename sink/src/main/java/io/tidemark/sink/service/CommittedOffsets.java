package io.tidemark.sink.service;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the group's offsets, and bears a broker that is away. Used by the thread of the consumer. */
final class CommittedOffsets {

    private static final Logger LOGGER = LoggerFactory.getLogger(CommittedOffsets.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POSITION_TIMEOUT = Duration.ofMillis(20);

    private final Consumer<byte[], byte[]> consumer;
    private volatile boolean stopped;

    CommittedOffsets(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Makes questions that wait for a broker give up; called by any thread. */
    void stop() {
        stopped = true;
    }

    /** Whether the offsets are committed now; if not, they are to be committed again later. */
    boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, COMMIT_TIMEOUT);
            return true;
        } catch (RebalanceInProgressException | CommitFailedException e) {
            LOGGER.info("offsets will be committed after the rebalance: {}", e.getMessage());
        } catch (RetriableException e) {
            LOGGER.warn("offsets were not committed, next attempt follows: {}", e.getMessage());
        }
        return false;
    }

    /** Offset of the next record to be read, past the markers of transactions; 0 while it is not known. */
    long position(TopicPartition partition) {
        try {
            return consumer.position(partition, POSITION_TIMEOUT);
        } catch (TimeoutException e) {
            return 0;
        }
    }

    /** What the group has committed; null for a partition without a commit. Asks until it is answered. */
    Map<TopicPartition, OffsetAndMetadata> committed(Collection<TopicPartition> partitions) {
        return untilAnswered(() -> consumer.committed(Set.copyOf(partitions)));
    }

    /** Where a partition without a commit begins. Asks until it is answered. */
    long beginning(TopicPartition partition) {
        return untilAnswered(() -> consumer.position(partition));
    }

    private <T> T untilAnswered(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (RetriableException e) {
                if (stopped) {
                    throw e;
                }
                LOGGER.warn("committed offsets are not known yet: {}", e.getMessage());
            }
        }
    }
}
