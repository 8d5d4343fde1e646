package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.contracts.trace.InferenceEvent;
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
 */
final class PaneTable {

    private static final int INITIAL_SLOTS = 1_024;
    private static final int INITIAL_LOG_LONGS = 4 * MeasureLog.MAXIMUM_LONGS;
    private static final int MAXIMUM_LOG_LONGS = 2_048;
    private static final int POOLED_LONGS = 8_388_608;

    /** One slice in one pane. */
    private static final class Cell {
        long hash;
        long paneStartMillis;
        byte[] key = {};
        int keyLength;
        long[] log = new long[INITIAL_LOG_LONGS];
        int logSize;

        /** Measures of the events that did not fit the log; null while all do. */
        byte[] folded;

        boolean matches(long otherHash, long pane, byte[] otherKey, int otherLength) {
            return hash == otherHash
                    && paneStartMillis == pane
                    && Arrays.equals(key, 0, keyLength, otherKey, 0, otherLength);
        }
    }

    private final MeasureLog measures = new MeasureLog();
    private final MeasureAccumulator accumulator = new MeasureAccumulator();
    private final Deque<Cell> pool = new ArrayDeque<>();
    private Cell[] cells = new Cell[INITIAL_SLOTS];
    private int size;
    private long pooledLongs;
    private long usedLongs;

    int size() {
        return size;
    }

    /** Longs held by the logs. */
    long usedLongs() {
        return usedLongs;
    }

    /** Adds one event to its slice and pane. */
    void add(byte[] key, int keyLength, long paneStartMillis, InferenceEvent event, int lateSizes) {
        Cell cell = cell(key, keyLength, paneStartMillis);
        if (cell.log.length - cell.logSize < MeasureLog.MAXIMUM_LONGS) {
            makeRoom(cell);
        }
        cell.logSize = measures.append(event, lateSizes, cell.log, cell.logSize);
    }

    private void makeRoom(Cell cell) {
        if (cell.log.length < MAXIMUM_LOG_LONGS) {
            usedLongs += cell.log.length;
            cell.log = Arrays.copyOf(cell.log, cell.log.length * 2);
        } else {
            cell.folded = encode(cell);
            cell.logSize = 0;
        }
    }

    private byte[] encode(Cell cell) {
        if (cell.logSize == 0) {
            return cell.folded;
        }
        accumulator.clear();
        if (cell.folded != null) {
            accumulator.add(cell.folded, 0, cell.folded.length);
        }
        measures.fold(cell.log, cell.logSize, accumulator);
        return accumulator.encode();
    }

    private Cell cell(byte[] key, int keyLength, long paneStartMillis) {
        long hash = Fingerprint.of(key, 0, keyLength) + paneStartMillis * 0x9E3779B97F4A7C15L;
        int mask = cells.length - 1;
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (cells[slot] != null) {
            if (cells[slot].matches(hash, paneStartMillis, key, keyLength)) {
                return cells[slot];
            }
            slot = slot + 1 & mask;
        }
        Cell cell = fresh(hash, key, keyLength, paneStartMillis);
        cells[slot] = cell;
        size++;
        if (size * 2 > cells.length) {
            rehash(cells.length * 2);
        }
        return cell;
    }

    private Cell fresh(long hash, byte[] key, int keyLength, long paneStartMillis) {
        Cell cell = pool.poll();
        if (cell == null) {
            cell = new Cell();
        } else {
            pooledLongs -= cell.log.length;
        }
        cell.hash = hash;
        cell.paneStartMillis = paneStartMillis;
        if (cell.key.length < keyLength) {
            cell.key = new byte[keyLength];
        }
        System.arraycopy(key, 0, cell.key, 0, keyLength);
        cell.keyLength = keyLength;
        usedLongs += cell.log.length;
        return cell;
    }

    private void rehash(int capacity) {
        Cell[] old = cells;
        cells = new Cell[capacity];
        size = 0;
        for (Cell cell : old) {
            if (cell != null) {
                keep(cell);
            }
        }
    }

    /** Hands out, and forgets, the panes that start before a time. */
    void drainBefore(long paneStartMillis, Consumer<Partial> target) {
        if (size == 0) {
            return;
        }
        Cell[] old = cells;
        cells = new Cell[old.length];
        size = 0;
        for (Cell cell : old) {
            if (cell == null) {
                continue;
            }
            if (cell.paneStartMillis < paneStartMillis) {
                target.accept(partial(cell));
                release(cell);
            } else {
                keep(cell);
            }
        }
    }

    /** Shows the open panes and keeps them. */
    void forEach(Consumer<Partial> target) {
        for (Cell cell : cells) {
            if (cell != null) {
                cell.folded = encode(cell);
                cell.logSize = 0;
                target.accept(partial(cell));
            }
        }
    }

    private void keep(Cell cell) {
        int mask = cells.length - 1;
        int slot = (int) (cell.hash ^ cell.hash >>> 32) & mask;
        while (cells[slot] != null) {
            slot = slot + 1 & mask;
        }
        cells[slot] = cell;
        size++;
    }

    private Partial partial(Cell cell) {
        String slice = new String(cell.key, 0, cell.keyLength, StandardCharsets.ISO_8859_1);
        return new Partial(slice, cell.paneStartMillis, encode(cell));
    }

    private void release(Cell cell) {
        usedLongs -= cell.log.length;
        cell.logSize = 0;
        cell.folded = null;
        if (pooledLongs + cell.log.length <= POOLED_LONGS) {
            pooledLongs += cell.log.length;
            pool.add(cell);
        }
    }
}
