package io.tidemark.jobs.measures;

import io.tidemark.statistics.histogram.LogGrid;
import java.util.Arrays;

/**
 * Accumulates measures: of single inferences out of a {@link MeasureLog}, or of encoded measures. The result does not
 * depend on the order. Reused: {@link #clear()} keeps the memory. {@link #encode()} gives bytes of version 1:
 *
 * <pre>
 * 1 | events | number of window sizes with late events, late events by size | number of totals, of distributions
 * for each total, then for each distribution with a known value:
 *     distance to the position before | length | body
 * </pre>
 *
 * The body is the Avro encoding of {@code Total} or {@code Distribution} as in a window row: a row is written far more
 * often than its measures change, and so its measures are copied and not translated.
 */
public final class MeasureAccumulator {

    static final int VERSION = 1;

    private static final int AVRO_VALUE_BRANCH = 1;
    private static final int INITIAL_BUCKETS = 256;
    private static final int MAXIMUM_WINDOW_SIZES = 8;

    private final long[] late = new long[MAXIMUM_WINDOW_SIZES];
    private final long[] known = new long[MeasureLayout.SIZE];
    private final long[] value = new long[MeasureLayout.SIZE];
    private final long[] smallest = new long[MeasureLayout.SIZE];
    private final long[] largest = new long[MeasureLayout.SIZE];
    private final BucketCounts[] buckets = new BucketCounts[MeasureLayout.SIZE];
    private final ByteReader reader = new ByteReader();
    private final ByteWriter writer = new ByteWriter();
    private final ByteWriter body = new ByteWriter();
    private long[] indexes = new long[INITIAL_BUCKETS];
    private long[] counts = new long[INITIAL_BUCKETS];
    private long events;

    /** Accumulates nothing yet. */
    public MeasureAccumulator() {
        for (int i = 0; i < buckets.length; i++) {
            if (MeasureLayout.isDistribution(i)) {
                buckets[i] = new BucketCounts();
            }
        }
    }

    /** Number of inferences. */
    public long events() {
        return events;
    }

    /** Forgets everything. */
    public void clear() {
        for (int i = 0; i < known.length; i++) {
            if (known[i] != 0) {
                known[i] = 0;
                value[i] = 0;
                if (buckets[i] != null) {
                    buckets[i].clear();
                }
            }
        }
        Arrays.fill(late, 0);
        events = 0;
    }

    void addEvents(long count) {
        events += count;
    }

    void addLate(int size, long count) {
        late[size] += count;
    }

    void addCount(int position, long knownCalls, long trueCalls) {
        known[position] += knownCalls;
        value[position] += trueCalls;
    }

    void addValue(int position, long fixedPoint) {
        BucketCounts histogram = buckets[position];
        if (histogram != null) {
            extend(position, fixedPoint, fixedPoint);
            histogram.add(LogGrid.index(MeasureLayout.inUnits(position, fixedPoint)), 1);
        }
        known[position]++;
        value[position] += fixedPoint;
    }

    private void extend(int position, long low, long high) {
        if (known[position] == 0) {
            smallest[position] = low;
            largest[position] = high;
        } else {
            smallest[position] = Math.min(smallest[position], low);
            largest[position] = Math.max(largest[position], high);
        }
    }

    /**
     * Adds encoded measures.
     *
     * @throws IllegalArgumentException when their version is unknown
     */
    public void add(byte[] bytes, int offset, int length) {
        reader.over(bytes, offset, length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "measures of version %d; this build reads version %d".formatted(version, VERSION));
        }
        events += reader.readUnsigned();
        int lateSizes = reader.readByte();
        for (int size = 0; size < lateSizes; size++) {
            late[size] += reader.readUnsigned();
        }
        long totals = reader.readUnsigned();
        long distributions = reader.readUnsigned();
        int position = -1;
        for (long i = 0; i < totals; i++) {
            position += (int) reader.readUnsigned();
            reader.readUnsigned();
            known[position] += reader.readSigned();
            value[position] += reader.readSigned();
        }
        position = -1;
        for (long i = 0; i < distributions; i++) {
            position += (int) reader.readUnsigned();
            reader.readUnsigned();
            addDistribution(position);
        }
    }

    private void addDistribution(int position) {
        long knownCalls = reader.readSigned();
        long sum = reader.readSigned();
        reader.skip(1);
        long low = reader.readSigned();
        reader.skip(1);
        extend(position, low, reader.readSigned());
        known[position] += knownCalls;
        value[position] += sum;
        int size = (int) reader.readSigned();
        if (indexes.length < size) {
            indexes = new long[size * 2];
            counts = new long[size * 2];
        }
        reader.readAllSigned(indexes, size);
        reader.skip(1);
        reader.readSigned();
        reader.readAllSigned(counts, size);
        BucketCounts histogram = buckets[position];
        for (int i = 0; i < size; i++) {
            histogram.add((int) indexes[i], counts[i]);
        }
        reader.skip(1);
    }

    /** Everything that was added, as bytes that can be added again. */
    public byte[] encode() {
        writer.clear();
        writer.writeByte(VERSION);
        writer.writeUnsigned(events);
        writeLate();
        writer.writeUnsigned(known(false));
        writer.writeUnsigned(known(true));
        writeBodies(false);
        writeBodies(true);
        return writer.toByteArray();
    }

    private int known(boolean distributions) {
        int count = 0;
        for (int i = 0; i < known.length; i++) {
            count += known[i] != 0 && (buckets[i] != null) == distributions ? 1 : 0;
        }
        return count;
    }

    private void writeBodies(boolean distributions) {
        int before = -1;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == 0 || (buckets[i] != null) != distributions) {
                continue;
            }
            body.clear();
            body.writeSigned(known[i]);
            body.writeSigned(value[i]);
            if (distributions) {
                writeDistribution(i);
            }
            writer.writeUnsigned(i - before);
            writer.writeUnsigned(body.size());
            writer.writeAll(body);
            before = i;
        }
    }

    private void writeDistribution(int position) {
        body.writeSigned(AVRO_VALUE_BRANCH);
        body.writeSigned(smallest[position]);
        body.writeSigned(AVRO_VALUE_BRANCH);
        body.writeSigned(largest[position]);
        int size = buckets[position].size();
        if (indexes.length < size) {
            indexes = new long[size * 2];
            counts = new long[size * 2];
        }
        buckets[position].copyTo(indexes, counts);
        writeArray(indexes, size);
        writeArray(counts, size);
    }

    private void writeArray(long[] values, int size) {
        body.writeSigned(size);
        body.writeAllSigned(values, size);
        body.writeSigned(0);
    }

    private void writeLate() {
        int sizes = late.length;
        while (sizes > 0 && late[sizes - 1] == 0) {
            sizes--;
        }
        writer.writeByte(sizes);
        for (int size = 0; size < sizes; size++) {
            writer.writeUnsigned(late[size]);
        }
    }
}
