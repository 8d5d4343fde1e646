package io.tidemark.sink.service;

import io.tidemark.sink.table.StoredTopic;
import io.tidemark.sink.transcode.Refusal;
import io.tidemark.sink.transcode.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The records of one partition from one offset up to another: rows to insert, and records to refuse. */
final class Batch {

    /** A record that goes to the dead-letter topic. */
    record Refused(ConsumerRecord<byte[], byte[]> record, Refusal refusal) {}

    private final TopicPartition partition;
    private final StoredTopic topic;
    private final RowWriter writer;
    private final long start;
    private final long openedNanos;
    private final List<Refused> refused = new ArrayList<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private long end;

    Batch(TopicPartition partition, StoredTopic topic, RowWriter writer, long start, long openedNanos) {
        this.partition = partition;
        this.topic = topic;
        this.writer = writer;
        this.start = start;
        this.end = start;
        this.openedNanos = openedNanos;
    }

    StoredTopic topic() {
        return topic;
    }

    RowWriter writer() {
        return writer;
    }

    /** First offset of the range. */
    long start() {
        return start;
    }

    /** Offset after the range. */
    long end() {
        return end;
    }

    void extendTo(long newEnd) {
        end = newEnd;
    }

    long openedNanos() {
        return openedNanos;
    }

    List<Refused> refused() {
        return refused;
    }

    boolean isEmpty() {
        return writer.rows() == 0 && refused.isEmpty();
    }

    /** The same for the same range, at every attempt of every process. */
    String token() {
        return "%s-%d-%d-%d".formatted(partition.topic(), partition.partition(), start, end);
    }

    /** Ends all waiting for another attempt: the partition belongs to somebody else now. */
    void cancel() {
        cancelled.countDown();
    }

    /** Waits before another attempt; answers false when there must be none. */
    boolean waitToRetry(long millis) throws InterruptedException {
        return !cancelled.await(millis, TimeUnit.MILLISECONDS);
    }

    boolean isCancelled() {
        return cancelled.getCount() == 0;
    }
}
