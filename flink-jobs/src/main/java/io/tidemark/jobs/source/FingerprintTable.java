package io.tidemark.jobs.source;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;

/**
 * Fingerprints of the inference ids of a partition, each with the time bucket in which it was seen, in one open-addressed
 * table: finding out that an id is new costs one look, not one for each bucket.
 */
final class FingerprintTable {

    private static final int INITIAL_CAPACITY = 64;
    private static final long EMPTY = 0;

    private long[] fingerprints = new long[INITIAL_CAPACITY];
    private int[] buckets = new int[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** Remembers a fingerprint other than 0; false when it was known already, which keeps the bucket of the first. */
    boolean add(long fingerprint, int bucket) {
        int mask = fingerprints.length - 1;
        int slot = slot(fingerprint, mask);
        while (fingerprints[slot] != EMPTY) {
            if (fingerprints[slot] == fingerprint) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        fingerprints[slot] = fingerprint;
        buckets[slot] = bucket;
        size++;
        if (size * 2 > fingerprints.length) {
            rebuild(fingerprints.length * 2, Integer.MIN_VALUE);
        }
        return true;
    }

    /** Forgets what was seen in earlier buckets. */
    void forgetBefore(int bucket) {
        int kept = 0;
        for (int i = 0; i < fingerprints.length; i++) {
            kept += fingerprints[i] != EMPTY && buckets[i] >= bucket ? 1 : 0;
        }
        if (kept < size) {
            rebuild(capacityFor(kept), bucket);
        }
    }

    void write(ByteWriter target) {
        target.writeUnsigned(size);
        for (int i = 0; i < fingerprints.length; i++) {
            if (fingerprints[i] != EMPTY) {
                target.writeLong(fingerprints[i]);
                target.writeSigned(buckets[i]);
            }
        }
    }

    void read(ByteReader source) {
        long count = source.readUnsigned();
        for (long i = 0; i < count; i++) {
            long fingerprint = source.readLong();
            add(fingerprint, (int) source.readSigned());
        }
    }

    private void rebuild(int capacity, int firstBucket) {
        long[] oldFingerprints = fingerprints;
        int[] oldBuckets = buckets;
        fingerprints = new long[capacity];
        buckets = new int[capacity];
        size = 0;
        int mask = capacity - 1;
        for (int i = 0; i < oldFingerprints.length; i++) {
            if (oldFingerprints[i] != EMPTY && oldBuckets[i] >= firstBucket) {
                int slot = slot(oldFingerprints[i], mask);
                while (fingerprints[slot] != EMPTY) {
                    slot = slot + 1 & mask;
                }
                fingerprints[slot] = oldFingerprints[i];
                buckets[slot] = oldBuckets[i];
                size++;
            }
        }
    }

    private static int capacityFor(int entries) {
        return Math.max(INITIAL_CAPACITY, Integer.highestOneBit(Math.max(1, entries)) * 4);
    }

    private static int slot(long fingerprint, int mask) {
        return (int) (fingerprint ^ fingerprint >>> 32) & mask;
    }
}
