package io.tidemark.client;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Traces between callers and the sending thread, bounded in number and in bytes. A trace counts until it is settled, so that
 * the bounds hold for what is on its way to Kafka too. Taking a trace in needs no lock: a caller never waits for another.
 */
final class TraceBuffer {

    private final long maximumRecords;
    private final long maximumBytes;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentLinkedQueue<BufferedTrace> queue = new ConcurrentLinkedQueue<>();

    TraceBuffer(long maximumRecords, long maximumBytes) {
        this.maximumRecords = maximumRecords;
        this.maximumBytes = maximumBytes;
    }

    /** Takes a trace in; false when that would break a bound. */
    boolean offer(BufferedTrace trace) {
        if (!reserve(records, 1, maximumRecords)) {
            return false;
        }
        if (!reserve(bytes, trace.bytes(), maximumBytes)) {
            records.decrementAndGet();
            return false;
        }
        return queue.offer(trace);
    }

    void addMarker(BufferedTrace marker) {
        queue.add(marker);
    }

    /** The next trace or marker, or null when there is none. */
    BufferedTrace poll() {
        return queue.poll();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Gives back the room of a settled trace. */
    void release(BufferedTrace trace) {
        records.decrementAndGet();
        bytes.addAndGet(-trace.bytes());
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
