package io.tidemark.jobs.measures;

/** Walks over encoded measures without reading what they hold: totals first, then distributions. Reused. */
public final class MeasureCursor {

    private final ByteReader reader = new ByteReader();
    private final long[] late = new long[Byte.SIZE];
    private long events;
    private int totals;
    private int distributions;
    private int walked;
    private int position;
    private int bodyStart;
    private int bodyLength;

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
        totals = (int) reader.readUnsigned();
        distributions = (int) reader.readUnsigned();
        walked = 0;
    }

    /** Number of inferences. */
    public long events() {
        return events;
    }

    /** Inferences that came after the window of that size was closed. */
    public long late(int size) {
        return late[size];
    }

    /** Number of totals. */
    public int totals() {
        return totals;
    }

    /** Number of distributions, which follow the totals. */
    public int distributions() {
        return distributions;
    }

    /** Moves to the next measure. */
    public void next() {
        if (walked == 0 || walked == totals) {
            position = -1;
        }
        walked++;
        position += (int) reader.readUnsigned();
        bodyLength = (int) reader.readUnsigned();
        bodyStart = reader.position();
        reader.skip(bodyLength);
    }

    /** Position of the measure in the catalogue. */
    public int position() {
        return position;
    }

    /** Where its Avro body begins. */
    public int bodyStart() {
        return bodyStart;
    }

    /** Length of its Avro body. */
    public int bodyLength() {
        return bodyLength;
    }
}
