package io.tidemark.jobs.windows;

import io.tidemark.jobs.measures.MeasureAccumulator;
import org.apache.flink.api.common.state.MapState;

/**
 * The open windows of the current key. A window is one record, version 1: {@code 1 | flags | measures}. It is found by a
 * number that holds its start and its size.
 */
final class WindowState {

    /** Where the measures begin in a record. */
    static final int HEADER_BYTES = 2;

    private static final byte VERSION = 1;
    private static final int FLAGS = 1;
    private static final byte PUBLISHED = 1;
    private static final byte FINAL = 2;
    private static final int SIZE_BITS = 3;

    private final MapState<Long, byte[]> windows;
    private final MeasureAccumulator scratch = new MeasureAccumulator();
    private long openWindows;
    private long bytes;

    WindowState(MapState<Long, byte[]> windows) {
        this.windows = windows;
    }

    static long code(int size, long startMillis) {
        return startMillis << SIZE_BITS | size;
    }

    static int size(long code) {
        return (int) code & (1 << SIZE_BITS) - 1;
    }

    static long startMillis(long code) {
        return code >> SIZE_BITS;
    }

    byte[] get(int size, long startMillis) throws Exception {
        byte[] record = windows.get(code(size, startMillis));
        if (record != null && record[0] != VERSION) {
            throw new IllegalStateException(
                    "state of a window has version %d; this build reads version %d".formatted(record[0], VERSION));
        }
        return record;
    }

    /** Windows of all keys that are in state. */
    long openWindows() {
        return openWindows;
    }

    /** Bytes of their records, without what the state backend adds. */
    long bytes() {
        return bytes;
    }

    /** Counts a window that was found in a checkpoint. */
    void countRestored(byte[] record) {
        openWindows++;
        bytes += record.length;
    }

    void remove(int size, long startMillis, byte[] record) throws Exception {
        windows.remove(code(size, startMillis));
        openWindows--;
        bytes -= record.length;
    }

    private void put(int size, long startMillis, byte[] before, byte[] record) throws Exception {
        windows.put(code(size, startMillis), record);
        openWindows += before == null ? 1 : 0;
        bytes += record.length - (before == null ? 0 : before.length);
    }

    /** Adds encoded measures in {@code measures[offset, end)}; a window that is not there begins unpublished. */
    byte[] add(int size, long startMillis, byte[] measures, int offset) throws Exception {
        byte[] record = get(size, startMillis);
        byte[] sum;
        if (record == null) {
            sum = record(measures, offset, (byte) 0);
        } else {
            scratch.clear();
            scratch.add(record, HEADER_BYTES, record.length - HEADER_BYTES);
            scratch.add(measures, offset, measures.length - offset);
            sum = record(scratch.encode(), 0, record[FLAGS]);
        }
        put(size, startMillis, record, sum);
        return sum;
    }

    /** Builds a window from the published windows of the next shorter size; null when there is none. */
    byte[] build(int size, long startMillis) throws Exception {
        scratch.clear();
        int child = size - 1;
        long end = startMillis + WindowSizes.MILLIS[size];
        for (long start = startMillis; start < end; start += WindowSizes.MILLIS[child]) {
            byte[] record = get(child, start);
            if (record != null && isPublished(record)) {
                scratch.add(record, HEADER_BYTES, record.length - HEADER_BYTES);
                if (isFinal(record)) {
                    remove(child, start, record);
                }
            }
        }
        if (scratch.events() == 0) {
            return null;
        }
        byte[] record = record(scratch.encode(), 0, PUBLISHED);
        put(size, startMillis, null, record);
        return record;
    }

    byte[] publish(int size, long startMillis, byte[] record) throws Exception {
        return mark(size, startMillis, record, PUBLISHED);
    }

    void keepFinal(int size, long startMillis, byte[] record) throws Exception {
        mark(size, startMillis, record, FINAL);
    }

    private byte[] mark(int size, long startMillis, byte[] record, byte flag) throws Exception {
        byte[] marked = record.clone();
        marked[FLAGS] |= flag;
        put(size, startMillis, record, marked);
        return marked;
    }

    static boolean isPublished(byte[] record) {
        return (record[FLAGS] & PUBLISHED) != 0;
    }

    static boolean isFinal(byte[] record) {
        return (record[FLAGS] & FINAL) != 0;
    }

    private static byte[] record(byte[] measures, int offset, byte flags) {
        int length = measures.length - offset;
        byte[] record = new byte[HEADER_BYTES + length];
        record[0] = VERSION;
        record[FLAGS] = flags;
        System.arraycopy(measures, offset, record, HEADER_BYTES, length);
        return record;
    }
}
