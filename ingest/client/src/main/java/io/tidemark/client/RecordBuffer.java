package io.tidemark.client;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records between callers and the sending thread, bounded in number and in bytes. One counts until it is settled, so that
 * the bounds hold for what is on its way to Kafka too. Taking one in needs no lock: a caller never waits for another.
 */
final class RecordBuffer {

    private final long maximumRecords;
    private final long maximumBytes;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentLinkedQueue<BufferedRecord> queue = new ConcurrentLinkedQueue<>();

    RecordBuffer(long maximumRecords, long maximumBytes) {
        this.maximumRecords = maximumRecords;
        this.maximumBytes = maximumBytes;
    }

    /** Takes a record in; false when that would break a bound. */
    boolean offer(BufferedRecord record) {
        if (!reserve(records, 1, maximumRecords)) {
            return false;
        }
        if (!reserve(bytes, record.bytes(), maximumBytes)) {
            records.decrementAndGet();
            return false;
        }
        return queue.offer(record);
    }

    void addMarker(BufferedRecord marker) {
        queue.add(marker);
    }

    /** The next record or marker, or null when there is none. */
    BufferedRecord poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Gives back the room of a settled record. */
    void release(BufferedRecord record) {
        records.decrementAndGet();
        bytes.addAndGet(-record.bytes());
    }

    long records() {
        return records.get();
    }

    long bytes() {
        return bytes.get();
    }

    private static boolean reserve(AtomicLong used, long amount, long maximum) {
        for (long now = used.get(); now + amount <= maximum; now = used.get()) {
            if (used.compareAndSet(now, now + amount)) {
                return true;
            }
        }
        return false;
    }
}
