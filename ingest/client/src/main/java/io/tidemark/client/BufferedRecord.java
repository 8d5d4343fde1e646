package io.tidemark.client;

import java.util.concurrent.CountDownLatch;

/** A record as bytes, on its way to Kafka; or a marker, which has no bytes and is passed when all before it are settled. */
final class BufferedRecord {

    private final byte[] key;
    private final byte[] record;
    private final long emittedMillis;
    private final CountDownLatch passed;
    private boolean settled;

    BufferedRecord(byte[] key, byte[] record, long emittedMillis) {
        this(key, record, emittedMillis, null);
    }

    private BufferedRecord(byte[] key, byte[] record, long emittedMillis, CountDownLatch passed) {
        this.key = key;
        this.record = record;
        this.emittedMillis = emittedMillis;
        this.passed = passed;
    }

    static BufferedRecord marker() {
        return new BufferedRecord(new byte[0], new byte[0], 0, new CountDownLatch(1));
    }

    boolean isMarker() {
        return passed != null;
    }

    /** Opens when a marker is passed. */
    CountDownLatch passed() {
        return passed;
    }

    byte[] key() {
        return key;
    }

    /** Wire format; the schema id is filled in before it is sent. */
    byte[] record() {
        return record;
    }

    long emittedMillis() {
        return emittedMillis;
    }

    int bytes() {
        return key.length + record.length;
    }

    /** True for the first caller only: a record is acknowledged once or dropped once. */
    synchronized boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }
}
