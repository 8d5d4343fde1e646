package io.tidemark.jobs.canary;

import java.util.Arrays;

/** Slice key and pane of a cell, by content. One instance serves as a probe, so that a look-up allocates nothing. */
final class CellKey {

    private byte[] bytes;
    private int length;
    private long paneStartMillis;
    private int hash;

    CellKey() {
        this(new byte[0], 0, 0);
    }

    private CellKey(byte[] bytes, int length, long paneStartMillis) {
        point(bytes, length, paneStartMillis);
    }

    /** Points this probe at bytes; nobody else may hold it. */
    CellKey point(byte[] key, int keyLength, long pane) {
        bytes = key;
        length = keyLength;
        paneStartMillis = pane;
        int value = Long.hashCode(pane);
        for (int i = 0; i < keyLength; i++) {
            value = 31 * value + key[i];
        }
        hash = value;
        return this;
    }

    /** A key that may be kept. */
    CellKey copy() {
        return new CellKey(Arrays.copyOf(bytes, length), length, paneStartMillis);
    }

    byte[] slice() {
        return bytes;
    }

    long paneStartMillis() {
        return paneStartMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CellKey that
                && paneStartMillis == that.paneStartMillis
                && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
