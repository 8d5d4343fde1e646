package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.Arrays;

/** Traces and the units that they belong to, as fingerprints; the units are sessions, or the traces themselves. */
final class TraceUnits {

    private static final int FIRST = 4;

    private long[] traces = new long[0];
    private long[] units = new long[0];
    private int size;

    /**
     * Adds a trace; one without an id cannot have outcomes and is left out.
     *
     * @param session fingerprint of its session; 0 for none
     */
    void add(long trace, long session) {
        if (trace == 0) {
            return;
        }
        if (size == traces.length) {
            int room = Math.max(FIRST, 2 * size);
            traces = Arrays.copyOf(traces, room);
            units = Arrays.copyOf(units, room);
        }
        traces[size] = trace;
        units[size++] = session == 0 ? trace : session;
    }

    int size() {
        return size;
    }

    long trace(int index) {
        return traces[index];
    }

    long unit(int index) {
        return units[index];
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(size);
        for (int i = 0; i < size; i++) {
            writer.writeLong(traces[i]);
            writer.writeLong(units[i]);
        }
    }

    void read(ByteReader reader) {
        long count = reader.readUnsigned();
        for (long i = 0; i < count; i++) {
            add(reader.readLong(), reader.readLong());
        }
    }
}
