package io.tidemark.jobs.rules.evaluation;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.Arrays;

/**
 * Two counts over a sliding window, in 30 buckets: the window is exact to a thirtieth of its length. Buckets without
 * counts take no room, and a slice that is seldom seen takes little.
 */
final class CountRing {

    private static final int BUCKETS = 30;
    private static final long PANE_MILLIS = 10_000;
    private static final int CELL = 3;

    private final long bucketMillis;
    private final long buckets;
    private long[] cells = new long[0];
    private int start;
    private int end;

    /** @param windowMillis length of the window */
    CountRing(long windowMillis) {
        long exact = (windowMillis + BUCKETS - 1) / BUCKETS;
        bucketMillis = Math.max(PANE_MILLIS, (exact + PANE_MILLIS - 1) / PANE_MILLIS * PANE_MILLIS);
        buckets = Math.max(1, windowMillis / bucketMillis);
    }

    /** Adds to the bucket of a pane; panes come in the order of time. */
    void add(long endMillis, long first, long second) {
        long index = index(endMillis);
        if (end == start || cells[end - CELL] != index) {
            forgetUpTo(index - buckets);
            append(index);
        }
        cells[end - 2] += first;
        cells[end - 1] += second;
    }

    /** Sum of the first counts over the window that ends at a tick. */
    long first(long tickMillis) {
        return sum(tickMillis, 1);
    }

    /** Sum of the second counts over the window that ends at a tick. */
    long second(long tickMillis) {
        return sum(tickMillis, 2);
    }

    private long sum(long tickMillis, int column) {
        long oldest = index(tickMillis) - buckets;
        long newest = index(tickMillis);
        long sum = 0;
        for (int cell = end - CELL; cell >= start && cells[cell] > oldest; cell -= CELL) {
            if (cells[cell] <= newest) {
                sum += cells[cell + column];
            }
        }
        return sum;
    }

    private long index(long endMillis) {
        return Math.floorDiv(endMillis - 1, bucketMillis);
    }

    private void forgetUpTo(long index) {
        while (start < end && cells[start] <= index) {
            start += CELL;
        }
    }

    private void append(long index) {
        if (end == cells.length) {
            int used = end - start;
            long[] target = used < cells.length / 2 ? cells : new long[Math.max(2 * CELL, cells.length * 2)];
            System.arraycopy(cells, start, target, 0, used);
            cells = target;
            start = 0;
            end = used;
        }
        cells[end] = index;
        Arrays.fill(cells, end + 1, end + CELL, 0);
        end += CELL;
    }

    void clear() {
        start = 0;
        end = 0;
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned((end - start) / CELL);
        long previous = 0;
        for (int cell = start; cell < end; cell += CELL) {
            writer.writeSigned(cells[cell] - previous);
            writer.writeSigned(cells[cell + 1]);
            writer.writeSigned(cells[cell + 2]);
            previous = cells[cell];
        }
    }

    void read(ByteReader reader) {
        int count = (int) reader.readUnsigned();
        cells = new long[count * CELL];
        start = 0;
        end = cells.length;
        long previous = 0;
        for (int cell = 0; cell < end; cell += CELL) {
            previous += reader.readSigned();
            cells[cell] = previous;
            cells[cell + 1] = reader.readSigned();
            cells[cell + 2] = reader.readSigned();
        }
    }
}
