package io.tidemark.jobs.windows;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;

/** What a subtask has published, and how much it held at most. Rows and windows are part of its checkpoints. */
final class WindowCounters {

    private static final byte VERSION = 1;

    private long rows;
    private long windows;
    private long mostOpenWindows;
    private long mostStateBytes;

    void countRow() {
        rows++;
    }

    void countWindow() {
        windows++;
    }

    long rows() {
        return rows;
    }

    void noteSize(WindowState state) {
        if (state.bytes() > mostStateBytes) {
            mostStateBytes = state.bytes();
            mostOpenWindows = state.openWindows();
        }
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeUnsigned(rows);
        writer.writeUnsigned(windows);
        return writer.toByteArray();
    }

    /** Adds what a checkpoint holds; after a rescaling a subtask may get the counts of several. */
    void add(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "window counters have version %d; this build reads version %d".formatted(version, VERSION));
        }
        rows += reader.readUnsigned();
        windows += reader.readUnsigned();
    }

    /** The line of the progress topic at the end of a run. */
    String toJson(int subtask, int parallelism) {
        return ("{\"stage\":\"windows\",\"subtask\":%d,\"parallelism\":%d,\"rows\":%d,\"windows\":%d,"
                        + "\"most_open_windows\":%d,\"most_state_bytes\":%d}")
                .formatted(subtask, parallelism, rows, windows, mostOpenWindows, mostStateBytes);
    }
}
