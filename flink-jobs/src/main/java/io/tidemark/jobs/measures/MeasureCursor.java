package io.tidemark.jobs.measures;

/** Reads encoded measures one after the other, for those who write them in another format. Reused. */
public final class MeasureCursor {

    private final ByteReader reader = new ByteReader();
    private final long[] late = new long[Byte.SIZE];
    private long events;
    private int position;
    private long known;
    private long value;
    private long smallest;
    private long largest;
    private long remainingBuckets;
    private long buckets;

    /** Starts over, on encoded measures in a range of an array. */
    public void over(byte[] bytes, int offset, int length) {
        reader.over(bytes, offset, length);
        int version = reader.readByte();
        if (version != MeasureAccumulator.VERSION) {
            throw new IllegalArgumentException("measures of version %d; this build reads version %d"
                    .formatted(version, MeasureAccumulator.VERSION));
        }
        events = reader.readUnsigned();
        int sizes = reader.readByte();
        for (int size = 0; size < late.length; size++) {
            late[size] = size < sizes ? reader.readUnsigned() : 0;
        }
        position = -1;
        remainingBuckets = 0;
    }

    /** Number of inferences. */
    public long events() {
        return events;
    }

    /** Inferences that came after the window of that size was closed. */
    public long late(int size) {
        return late[size];
    }

    /** Moves to the next measure with a known value; false when there is none. Its buckets must have been read. */
    public boolean next() {
        if (remainingBuckets != 0) {
            throw new IllegalStateException("%d buckets were not read".formatted(remainingBuckets));
        }
        if (reader.isAtEnd()) {
            return false;
        }
        position += (int) reader.readUnsigned();
        known = reader.readUnsigned();
        value = reader.readSigned();
        if (MeasureLayout.isDistribution(position)) {
            smallest = reader.readSigned();
            largest = smallest + reader.readUnsigned();
            buckets = reader.readUnsigned();
            remainingBuckets = buckets;
        }
        return true;
    }

    /** Position of the measure in the catalogue. */
    public int position() {
        return position;
    }

    /** Inferences that told. */
    public long known() {
        return known;
    }

    /** Count, or sum in fixed-point units. */
    public long value() {
        return value;
    }

    /** Smallest value of a distribution, fixed-point. */
    public long smallest() {
        return smallest;
    }

    /** Largest value of a distribution, fixed-point. */
    public long largest() {
        return largest;
    }

    /** Number of buckets of a distribution. */
    public long buckets() {
        return buckets;
    }

    /** Reads the buckets of a distribution: their indexes on the grid, ascending, and the values in each. */
    public void readBuckets(long[] indexes, long[] counts) {
        long index = Short.MIN_VALUE;
        int count = (int) remainingBuckets;
        for (int i = 0; i < count; i++) {
            long step = reader.readUnsigned();
            index += step >>> 1;
            indexes[i] = index;
            counts[i] = (step & 1) == 0 ? 1 : reader.readUnsigned();
        }
        remainingBuckets = 0;
    }
}
