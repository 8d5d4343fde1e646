package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.contracts.trace.InferenceEvent;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.measures.MeasureAccumulator;
import io.tidemark.jobs.measures.MeasureLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The open panes of the slices that one subtask sees, in an open-addressed table. An event is appended to the log of its
 * slice and pane; the logs become increments when they are drained.
 *
 * <p>With thousands of slices hardly any log is in the processor's cache when its next event comes. Events are therefore
 * taken in small batches: first all their cells are looked up, then all are touched, so that the memory answers to many at
 * once, and only then they are written.
 */
final class PaneTable {

    private static final int INITIAL_SLOTS = 1_024;
    private static final int INITIAL_LOG_BYTES = 256;
    private static final int MAXIMUM_LOG_BYTES = 4_096;
    private static final int POOLED_CELLS = 65_536;
    private static final int BATCH = 32;
    private static final long FREE = 0;

    /** One slice in one pane. */
    private static final class Cell {
        long hash;
        long paneStartMillis;
        byte[] key = {};
        int keyLength;
        byte[] log = new byte[INITIAL_LOG_BYTES];
        int logSize;

        /** Measures of the events that are not in the log any more; null while all are. */
        byte[] folded;
    }

    private final MeasureLog measures = new MeasureLog();
    private final MeasureAccumulator accumulator = new MeasureAccumulator();
    private final Deque<Cell> pool = new ArrayDeque<>();
    private long[] hashes = new long[INITIAL_SLOTS];
    private Cell[] cells = new Cell[INITIAL_SLOTS];
    private int size;
    private long usedBytes;

    private final ByteWriter batch = new ByteWriter();
    private final int[] keyStarts = new int[BATCH];
    private final int[] bodyStarts = new int[BATCH + 1];
    private final long[] batchHashes = new long[BATCH];
    private final long[] batchPanes = new long[BATCH];
    private final Cell[] found = new Cell[BATCH];
    private int batched;
    private long touched;

    int size() {
        return size;
    }

    /** Bytes held by the logs. */
    long usedBytes() {
        return usedBytes;
    }

    /** Adds one event to its slice and pane. */
    void add(byte[] key, int keyLength, long paneStartMillis, InferenceEvent event, int lateSizes) {
        int i = batched++;
        keyStarts[i] = batch.size();
        batch.writeBytes(key, 0, keyLength);
        bodyStarts[i] = batch.size();
        measures.append(event, lateSizes, batch);
        batchPanes[i] = paneStartMillis;
        long hash = Fingerprint.of(key, 0, keyLength) + paneStartMillis * 0x9E3779B97F4A7C15L;
        batchHashes[i] = hash == FREE ? 1 : hash;
        if (batched == BATCH) {
            writeBatch();
        }
    }

    private void writeBatch() {
        for (int i = 0; i < batched; i++) {
            found[i] = find(batchHashes[i]);
        }
        long sum = 0;
        for (int i = 0; i < batched; i++) {
            Cell cell = found[i];
            if (cell != null) {
                sum += cell.log[Math.min(cell.logSize, cell.log.length - 1)] + cell.key[0];
            }
        }
        touched += sum;
        for (int i = 0; i < batched; i++) {
            int end = i + 1 < batched ? keyStarts[i + 1] : batch.size();
            append(cell(i), bodyStarts[i], end - bodyStarts[i]);
            found[i] = null;
        }
        batched = 0;
        batch.clear();
    }

    /** The first cell with a hash, not yet compared by key. */
    private Cell find(long hash) {
        int mask = hashes.length - 1;
        int slot = slot(hash, mask);
        while (hashes[slot] != FREE) {
            if (hashes[slot] == hash) {
                return cells[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    private Cell cell(int i) {
        if (found[i] != null && matches(found[i], i)) {
            return found[i];
        }
        int mask = hashes.length - 1;
        int slot = slot(batchHashes[i], mask);
        while (hashes[slot] != FREE) {
            if (hashes[slot] == batchHashes[i] && matches(cells[slot], i)) {
                return cells[slot];
            }
            slot = slot + 1 & mask;
        }
        return fresh(i);
    }

    private boolean matches(Cell cell, int i) {
        return cell.paneStartMillis == batchPanes[i]
                && batch.hasBytes(keyStarts[i], bodyStarts[i], cell.key, cell.keyLength);
    }

    private Cell fresh(int i) {
        Cell cell = pool.pollLast();
        if (cell == null) {
            cell = new Cell();
        }
        cell.hash = batchHashes[i];
        cell.paneStartMillis = batchPanes[i];
        cell.keyLength = bodyStarts[i] - keyStarts[i];
        if (cell.key.length < cell.keyLength) {
            cell.key = new byte[cell.keyLength];
        }
        batch.copyTo(keyStarts[i], cell.key, 0, cell.keyLength);
        usedBytes += cell.log.length;
        if ((size + 1) * 2 > hashes.length) {
            place(cells, hashes.length * 2);
        }
        put(cell);
        return cell;
    }

    private void append(Cell cell, int start, int length) {
        if (cell.log.length - cell.logSize < length) {
            makeRoom(cell, length);
        }
        batch.copyTo(start, cell.log, cell.logSize, length);
        cell.logSize += length;
    }

    private void makeRoom(Cell cell, int length) {
        if (cell.log.length < MAXIMUM_LOG_BYTES) {
            int longer = Math.max(cell.log.length * 2, cell.logSize + length);
            usedBytes += longer - cell.log.length;
            cell.log = Arrays.copyOf(cell.log, longer);
        } else {
            fold(cell);
        }
    }

    /** Measures of a cell; the log is empty afterwards. */
    private byte[] fold(Cell cell) {
        if (cell.logSize > 0) {
            accumulator.clear();
            if (cell.folded != null) {
                accumulator.add(cell.folded, 0, cell.folded.length);
            }
            measures.fold(cell.log, 0, cell.logSize, accumulator);
            cell.folded = accumulator.encode();
            cell.logSize = 0;
        }
        return cell.folded;
    }

    private void put(Cell cell) {
        int mask = hashes.length - 1;
        int slot = slot(cell.hash, mask);
        while (hashes[slot] != FREE) {
            slot = slot + 1 & mask;
        }
        hashes[slot] = cell.hash;
        cells[slot] = cell;
        size++;
    }

    private void place(Cell[] kept, int capacity) {
        hashes = new long[capacity];
        cells = new Cell[capacity];
        size = 0;
        for (Cell cell : kept) {
            if (cell != null) {
                put(cell);
            }
        }
    }

    private static int slot(long hash, int mask) {
        return (int) (hash ^ hash >>> 32) & mask;
    }

    /** Hands out, and forgets, the panes that start before a time. */
    void drainBefore(long paneStartMillis, Consumer<Partial> target) {
        writeBatch();
        Cell[] kept = cells;
        boolean drained = false;
        for (int i = 0; i < kept.length; i++) {
            Cell cell = kept[i];
            if (cell != null && cell.paneStartMillis < paneStartMillis) {
                target.accept(partial(cell));
                release(cell);
                kept[i] = null;
                drained = true;
            }
        }
        if (drained) {
            place(kept, kept.length);
        }
    }

    /** Shows the open panes as records of state, see {@link StoredPartial}, and keeps them. */
    void forEachStored(Consumer<byte[]> target) {
        writeBatch();
        for (Cell cell : cells) {
            if (cell != null) {
                target.accept(StoredPartial.toBytes(
                        cell.key, cell.keyLength, cell.paneStartMillis, cell.folded, cell.log, cell.logSize));
            }
        }
    }

    private Partial partial(Cell cell) {
        String slice = new String(cell.key, 0, cell.keyLength, StandardCharsets.ISO_8859_1);
        return new Partial(slice, cell.paneStartMillis, fold(cell));
    }

    private void release(Cell cell) {
        usedBytes -= cell.log.length;
        cell.folded = null;
        if (pool.size() < POOLED_CELLS) {
            pool.addLast(cell);
        }
    }
}
