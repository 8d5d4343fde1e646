package io.tidemark.jobs.measures;

import io.tidemark.statistics.histogram.LogGrid;
import java.util.Arrays;

/**
 * Accumulates measures: of single inferences out of a {@link MeasureLog}, or of encoded measures. The result does not
 * depend on the order. Reused: {@link #clear()} keeps the memory. {@link #encode()} gives bytes of version 1:
 *
 * <pre>
 * 1 | events | number of window sizes with late events, late events by size | for each measure with a known value:
 *     distance to the position before, known, value
 *     and for a distribution: smallest, largest - smallest, buckets, for each bucket: (distance &lt;&lt; 1 | several), count
 * </pre>
 */
public final class MeasureAccumulator {

    static final int VERSION = 1;

    private static final long FLAG_SEVERAL = 1;
    private static final int MAXIMUM_WINDOW_SIZES = 8;

    private final long[] late = new long[MAXIMUM_WINDOW_SIZES];
    private final long[] known = new long[MeasureLayout.SIZE];
    private final long[] value = new long[MeasureLayout.SIZE];
    private final long[] smallest = new long[MeasureLayout.SIZE];
    private final long[] largest = new long[MeasureLayout.SIZE];
    private final BucketCounts[] buckets = new BucketCounts[MeasureLayout.SIZE];
    private final ByteReader reader = new ByteReader();
    private final BucketWriter bucketWriter = new BucketWriter();
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
        int position = -1;
        while (!reader.isAtEnd()) {
            position += (int) reader.readUnsigned();
            long knownCalls = reader.readUnsigned();
            long sum = reader.readSigned();
            if (buckets[position] != null) {
                addDistribution(position);
            }
            known[position] += knownCalls;
            value[position] += sum;
        }
    }

    private void addDistribution(int position) {
        long low = reader.readSigned();
        extend(position, low, low + reader.readUnsigned());
        BucketCounts histogram = buckets[position];
        long size = reader.readUnsigned();
        int index = Short.MIN_VALUE;
        for (long i = 0; i < size; i++) {
            long step = reader.readUnsigned();
            index += (int) (step >>> 1);
            histogram.add(index, (step & FLAG_SEVERAL) == 0 ? 1 : reader.readUnsigned());
        }
    }

    /** Everything that was added, as bytes that can be added again. */
    public byte[] encode() {
        ByteWriter writer = bucketWriter.writer;
        writer.clear();
        writer.writeByte(VERSION);
        writer.writeUnsigned(events);
        writeLate(writer);
        int before = -1;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == 0) {
                continue;
            }
            writer.writeUnsigned(i - before);
            before = i;
            writer.writeUnsigned(known[i]);
            writer.writeSigned(value[i]);
            if (buckets[i] != null) {
                writer.writeSigned(smallest[i]);
                writer.writeUnsigned(largest[i] - smallest[i]);
                bucketWriter.write(buckets[i]);
            }
        }
        return writer.toByteArray();
    }

    private void writeLate(ByteWriter writer) {
        int sizes = late.length;
        while (sizes > 0 && late[sizes - 1] == 0) {
            sizes--;
        }
        writer.writeByte(sizes);
        for (int size = 0; size < sizes; size++) {
            writer.writeUnsigned(late[size]);
        }
    }

    /** Writes buckets as distances, because most lie close together and hold one value. */
    private static final class BucketWriter implements BucketCounts.Visitor {
        private final ByteWriter writer = new ByteWriter();
        private int before;

        void write(BucketCounts histogram) {
            writer.writeUnsigned(histogram.size());
            before = Short.MIN_VALUE;
            histogram.forEach(this);
        }

        @Override
        public void bucket(int index, long count) {
            long distance = (long) index - before;
            before = index;
            writer.writeUnsigned(distance << 1 | (count == 1 ? 0 : FLAG_SEVERAL));
            if (count != 1) {
                writer.writeUnsigned(count);
            }
        }
    }
}
