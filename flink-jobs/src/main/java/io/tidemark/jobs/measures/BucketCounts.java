package io.tidemark.jobs.measures;

import io.tidemark.statistics.histogram.LogGrid;
import java.util.Arrays;

/**
 * Counts on the log grid in an array over the range that was seen, with one bit for each bucket in use: adding is one
 * array access, and walking or clearing costs only the buckets in use.
 */
public final class BucketCounts {

    private static final int SPECIAL_NEGATIVE = 0;
    private static final int SPECIAL_ZERO = 1;
    private static final int SPECIAL_OVERFLOW = 2;
    private static final int WORD = Long.SIZE;

    private final long[] special = new long[3];

    /** Grid index of the first counter; a multiple of the word size. */
    private int base;

    private long[] counts = {};
    private long[] used = {};
    private int firstWord = Integer.MAX_VALUE;
    private int lastWord = -1;

    /** Adds to the bucket of an index of the grid. */
    public void add(int index, long count) {
        if (!LogGrid.isRegular(index)) {
            special[specialSlot(index)] += count;
            return;
        }
        int slot = index - base;
        if (slot < 0 || slot >= counts.length) {
            grow(index);
            slot = index - base;
        }
        counts[slot] += count;
        int word = slot / WORD;
        used[word] |= 1L << slot;
        firstWord = Math.min(firstWord, word);
        lastWord = Math.max(lastWord, word);
    }

    /** Number of buckets in use. */
    public int size() {
        int size = 0;
        for (long count : special) {
            size += count == 0 ? 0 : 1;
        }
        for (int word = firstWord; word <= lastWord; word++) {
            size += Long.bitCount(used[word]);
        }
        return size;
    }

    /** Writes the buckets in ascending order into arrays with room for {@link #size()}. */
    public void copyTo(long[] indexes, long[] values) {
        int size = copySpecial(LogGrid.NEGATIVE, SPECIAL_NEGATIVE, indexes, values, 0);
        size = copySpecial(LogGrid.ZERO, SPECIAL_ZERO, indexes, values, size);
        for (int word = firstWord; word <= lastWord; word++) {
            for (long bits = used[word]; bits != 0; bits &= bits - 1) {
                int slot = word * WORD + Long.numberOfTrailingZeros(bits);
                indexes[size] = (long) base + slot;
                values[size++] = counts[slot];
            }
        }
        copySpecial(LogGrid.OVERFLOW, SPECIAL_OVERFLOW, indexes, values, size);
    }

    /** Forgets all counts and keeps the memory. */
    public void clear() {
        for (int word = firstWord; word <= lastWord; word++) {
            for (long bits = used[word]; bits != 0; bits &= bits - 1) {
                counts[word * WORD + Long.numberOfTrailingZeros(bits)] = 0;
            }
            used[word] = 0;
        }
        firstWord = Integer.MAX_VALUE;
        lastWord = -1;
        Arrays.fill(special, 0);
    }

    private int copySpecial(int index, int slot, long[] indexes, long[] values, int size) {
        if (special[slot] == 0) {
            return size;
        }
        indexes[size] = index;
        values[size] = special[slot];
        return size + 1;
    }

    private void grow(int index) {
        int low = Math.floorDiv(index, WORD) * WORD;
        int high = low + WORD;
        int oldEnd = base + counts.length;
        int newBase = counts.length == 0 ? low : Math.min(low, base);
        int newEnd = counts.length == 0 ? high : Math.max(high, oldEnd);
        long[] widerCounts = new long[newEnd - newBase];
        long[] widerUsed = new long[widerCounts.length / WORD];
        int shift = (base - newBase) / WORD;
        if (counts.length > 0) {
            System.arraycopy(counts, 0, widerCounts, shift * WORD, counts.length);
            System.arraycopy(used, 0, widerUsed, shift, used.length);
            if (lastWord >= 0) {
                firstWord += shift;
                lastWord += shift;
            }
        }
        base = newBase;
        counts = widerCounts;
        used = widerUsed;
    }

    private static int specialSlot(int index) {
        return switch (index) {
            case LogGrid.NEGATIVE -> SPECIAL_NEGATIVE;
            case LogGrid.ZERO -> SPECIAL_ZERO;
            case LogGrid.OVERFLOW -> SPECIAL_OVERFLOW;
            default -> throw new IllegalArgumentException("no bucket %d on the grid".formatted(index));
        };
    }
}
