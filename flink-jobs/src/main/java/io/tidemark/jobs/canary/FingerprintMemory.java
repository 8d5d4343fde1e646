package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.HashSet;
import java.util.Set;

/**
 * Units that have counted already. A unit is remembered for half an hour to an hour, so that a burst inside a session that
 * goes on over many panes is one event. Bounded: when there are too many, the older half is forgotten early.
 */
final class FingerprintMemory {

    private static final long GENERATION_MILLIS = 1_800_000;
    private static final int MOST_PER_GENERATION = 50_000;

    private Set<Long> younger = new HashSet<>();
    private Set<Long> older = new HashSet<>();
    private long generation;

    /** Moves time on to a pane. */
    void advance(long paneMillis) {
        long present = paneMillis / GENERATION_MILLIS;
        if (present > generation) {
            older = present == generation + 1 ? younger : new HashSet<>();
            younger = new HashSet<>();
            generation = present;
        }
    }

    boolean contains(long fingerprint) {
        return younger.contains(fingerprint) || older.contains(fingerprint);
    }

    void add(long fingerprint) {
        if (younger.size() >= MOST_PER_GENERATION) {
            older = younger;
            younger = new HashSet<>();
        }
        younger.add(fingerprint);
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(generation);
        for (Set<Long> half : java.util.List.of(younger, older)) {
            writer.writeUnsigned(half.size());
            half.forEach(writer::writeLong);
        }
    }

    void read(ByteReader reader) {
        generation = reader.readUnsigned();
        for (Set<Long> half : java.util.List.of(younger, older)) {
            long size = reader.readUnsigned();
            for (long i = 0; i < size; i++) {
                half.add(reader.readLong());
            }
        }
    }
}
