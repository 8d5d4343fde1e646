package io.tidemark.jobs.drift;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The counts of one measure: of each window length the open windows and the last one that closed, of each window the cells.
 * Longer windows are sums of the shortest.
 */
final class MeasureBook {

    private static final byte VERSION = 1;
    private static final long MILLIS = 1_000;

    private final DriftWindows windows;
    private final Map<Integer, TreeMap<Long, Map<String, Entry>>> byLength = new TreeMap<>();
    private final Map<Integer, Long> lastClosed = new TreeMap<>();
    private long lastEventMillis = Long.MIN_VALUE;
    private boolean changed;

    /** Counts of a cell in the bins of a baseline. */
    @SuppressWarnings("ArrayRecordComponent") // filled in place
    record Entry(String baselineId, SliceRef cell, long[] counts) {}

    /**
     * A window that has closed.
     *
     * @param startMillis inclusive start
     * @param seconds length
     * @param cells its cells
     * @param previous cells of the window before it; empty when there was none
     */
    record Closed(long startMillis, int seconds, List<Entry> cells, Optional<List<Entry>> previous) {}

    MeasureBook(DriftWindows windows) {
        this.windows = windows;
        windows.seconds().forEach(length -> byLength.put(length, new TreeMap<>()));
    }

    void add(MeasureCounts part) {
        lastEventMillis = Math.max(lastEventMillis, part.lastEventMillis());
        add(windows.seconds().get(0), part.windowStartMillis(), part.baselineId(), part.cell(), part.counts());
    }

    private void add(int length, long start, String baselineId, SliceRef cell, long[] counts) {
        changed = true;
        Entry entry = byLength.get(length)
                .computeIfAbsent(start, unused -> new HashMap<>())
                .computeIfAbsent(
                        baselineId + "|" + SliceKey.of(cell),
                        unused -> new Entry(baselineId, cell, new long[counts.length]));
        for (int i = 0; i < counts.length; i++) {
            entry.counts()[i] += counts[i];
        }
    }

    /**
     * Closes what a watermark has passed. At the end of time only windows that the data has filled close; the others never
     * will.
     */
    List<Closed> close(long watermarkMillis) {
        long time = watermarkMillis == Long.MAX_VALUE ? lastEventMillis : watermarkMillis;
        List<Closed> closed = new ArrayList<>();
        for (int length : windows.seconds()) {
            long size = length * MILLIS;
            TreeMap<Long, Map<String, Entry>> starts = byLength.get(length);
            for (long start : List.copyOf(starts.keySet())) {
                boolean isDue = start + size - 1 <= time && !isClosed(length, start);
                if (isDue) {
                    closed.add(close(length, start));
                }
            }
        }
        return closed;
    }

    private boolean isClosed(int length, long start) {
        return start <= lastClosed.getOrDefault(length, Long.MIN_VALUE);
    }

    private Closed close(int length, long start) {
        changed = true;
        TreeMap<Long, Map<String, Entry>> starts = byLength.get(length);
        lastClosed.put(length, start);
        long size = length * MILLIS;
        Optional<List<Entry>> previous =
                Optional.ofNullable(starts.get(start - size)).map(cells -> List.copyOf(cells.values()));
        starts.headMap(start).clear();
        List<Entry> cells = List.copyOf(starts.get(start).values());
        if (length == windows.seconds().get(0)) {
            for (int longer : windows.seconds().subList(1, windows.seconds().size())) {
                cells.forEach(cell ->
                        add(longer, windows.startOf(longer, start), cell.baselineId(), cell.cell(), cell.counts()));
            }
        }
        return new Closed(start, length, cells, previous);
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Cells that are kept, over all windows. */
    int entries() {
        return byLength.values().stream()
                .flatMap(starts -> starts.values().stream())
                .mapToInt(Map::size)
                .sum();
    }

    byte[] toBytes() throws IOException {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeSigned(lastEventMillis);
        writer.writeUnsigned(entries());
        for (Map.Entry<Integer, TreeMap<Long, Map<String, Entry>>> length : byLength.entrySet()) {
            for (Map.Entry<Long, Map<String, Entry>> window : length.getValue().entrySet()) {
                boolean isClosed = isClosed(length.getKey(), window.getKey());
                for (Entry entry : window.getValue().values()) {
                    writer.writeUnsigned(length.getKey());
                    writer.writeSigned(window.getKey());
                    writer.writeByte(isClosed ? 1 : 0);
                    write(writer, entry.baselineId().getBytes(StandardCharsets.UTF_8));
                    write(writer, CountCodec.sliceBytes(entry.cell()));
                    write(writer, CountCodec.countBytes(entry.counts()));
                }
            }
        }
        return writer.toByteArray();
    }

    private static void write(ByteWriter writer, byte[] bytes) {
        writer.writeUnsigned(bytes.length);
        writer.writeBytes(bytes, 0, bytes.length);
    }

    private static byte[] read(byte[] record, ByteReader reader) {
        int length = (int) reader.readUnsigned();
        byte[] bytes = Arrays.copyOfRange(record, reader.position(), reader.position() + length);
        reader.skip(length);
        return bytes;
    }

    static MeasureBook fromBytes(DriftWindows windows, byte[] record) throws IOException {
        ByteReader reader = new ByteReader().over(record, 0, record.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "counts of a measure have version %d; this build reads version %d".formatted(version, VERSION));
        }
        MeasureBook book = new MeasureBook(windows);
        book.lastEventMillis = reader.readSigned();
        long entries = reader.readUnsigned();
        for (long i = 0; i < entries; i++) {
            int length = (int) reader.readUnsigned();
            long start = reader.readSigned();
            boolean isClosed = reader.readByte() == 1;
            String baselineId = new String(read(record, reader), StandardCharsets.UTF_8);
            SliceRef cell = CountCodec.slice(read(record, reader));
            long[] counts = CountCodec.counts(read(record, reader));
            // a window length that was taken out of the settings is forgotten
            if (book.byLength.containsKey(length)) {
                book.add(length, start, baselineId, cell, counts);
                if (isClosed) {
                    book.lastClosed.merge(length, start, Math::max);
                }
            }
        }
        book.changed = false;
        return book;
    }
}
