package io.tidemark.sink.service;

import io.tidemark.sink.table.StoredTopic;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Where one partition stands: a batch that is being built, one that waits, one that is being inserted. Owned by the thread
 * of the consumer.
 */
final class PartitionFlow {

    private static final long NONE = -1;

    private final TopicPartition partition;
    private final StoredTopic topic;
    private Batch open;
    private Batch sealed;
    private Batch inFlight;
    private CompletableFuture<Void> insert;
    /** Offset up to which everything is stored. */
    private long stored;
    /** Offset that Kafka was last told. */
    private long committed;
    /** Offset of the next record that is not in a batch. */
    private long next;
    /** End of a range that an earlier process began; the first batch has to be exactly that range. */
    private long intendedEnd = NONE;
    /** Time before which a record whose schema could not be fetched is not tried again. */
    private long blockedUntilNanos;

    private boolean blocked;
    private long openBytes;
    private long waitingBytes;
    private long inFlightBytes;

    PartitionFlow(TopicPartition partition, StoredTopic topic, long position, OptionalLong intendedEnd) {
        this.partition = partition;
        this.topic = topic;
        this.stored = position;
        this.committed = position;
        this.next = position;
        this.intendedEnd = intendedEnd.orElse(NONE);
    }

    TopicPartition partition() {
        return partition;
    }

    StoredTopic topic() {
        return topic;
    }

    Batch open() {
        return open;
    }

    void open(Batch batch) {
        open = batch;
    }

    Batch sealed() {
        return sealed;
    }

    long next() {
        return next;
    }

    void advanceTo(long offset) {
        next = offset;
        if (open != null) {
            open.extendTo(offset);
        }
    }

    long stored() {
        return stored;
    }

    long committed() {
        return committed;
    }

    void committed(long offset) {
        committed = offset;
    }

    /** Whether the range that an earlier process began is not complete yet. */
    boolean isRepeating() {
        return intendedEnd != NONE;
    }

    boolean reachesIntendedEnd(long offset) {
        return isRepeating() && offset >= intendedEnd;
    }

    /** Closes the range that an earlier process began, whatever of it was still there. */
    void sealRepeated(Batch ifNoneIsOpen) {
        if (open == null) {
            open = ifNoneIsOpen;
        }
        advanceTo(Math.max(next, intendedEnd));
        open.extendTo(intendedEnd);
        intendedEnd = NONE;
        seal();
    }

    /** Closes the open batch; it will be inserted when the one before it is. */
    void seal() {
        sealed = open;
        waitingBytes = sealed.writer().block().bytes();
        open = null;
        openBytes = 0;
    }

    void inserting(CompletableFuture<Void> future) {
        inFlight = sealed;
        inFlightBytes = waitingBytes;
        insert = future;
        sealed = null;
        waitingBytes = 0;
    }

    boolean isInserting() {
        return inFlight != null;
    }

    boolean isInsertDone() {
        return inFlight != null && insert.isDone();
    }

    CompletableFuture<Void> insert() {
        return insert;
    }

    void inserted() {
        stored = inFlight.end();
        inFlight = null;
        inFlightBytes = 0;
        insert = null;
    }

    /** Says that an offset is behind us without anything to insert. */
    void passedTo(long offset) {
        next = Math.max(next, offset);
        stored = Math.max(stored, offset);
    }

    boolean isIdle() {
        return open == null && sealed == null && inFlight == null;
    }

    void measureOpen() {
        openBytes = open == null ? 0 : open.writer().block().bytes();
    }

    long openBytes() {
        return openBytes;
    }

    long bytes() {
        return openBytes + waitingBytes + inFlightBytes;
    }

    void cancel() {
        if (inFlight != null) {
            inFlight.cancel();
        }
    }

    void blockUntil(long nanos) {
        blocked = true;
        blockedUntilNanos = nanos;
    }

    boolean isBlocked(long nowNanos) {
        if (blocked && nowNanos - blockedUntilNanos >= 0) {
            blocked = false;
        }
        return blocked;
    }
}
