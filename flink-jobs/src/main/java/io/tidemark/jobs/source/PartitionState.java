package io.tidemark.jobs.source;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;

/** What the source remembers of one partition; it follows the partition when the job is rescaled. */
final class PartitionState {

    private static final int VERSION = 1;

    final int partition;
    final FingerprintTable fingerprints = new FingerprintTable();

    /** Offset of the last record that was read, -1 before the first. */
    long lastOffset = -1;

    /** Highest time of the partition, milliseconds since the epoch. */
    long highestMillis = RawTrace.NO_TIME;

    /** Time bucket of the duplicates that was entered last. */
    int bucket = Integer.MIN_VALUE;

    long accepted;
    long rejected;
    long late;
    long duplicates;

    PartitionState(int partition) {
        this.partition = partition;
    }

    /** One record of state, version 1. */
    byte[] toBytes() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeUnsigned(partition);
        writer.writeSigned(lastOffset);
        writer.writeLong(highestMillis);
        writer.writeSigned(bucket);
        writer.writeUnsigned(accepted);
        writer.writeUnsigned(rejected);
        writer.writeUnsigned(late);
        writer.writeUnsigned(duplicates);
        fingerprints.write(writer);
        return writer.toByteArray();
    }

    static PartitionState fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "state of a partition has version %d; this build reads version %d".formatted(version, VERSION));
        }
        PartitionState state = new PartitionState((int) reader.readUnsigned());
        state.lastOffset = reader.readSigned();
        state.highestMillis = reader.readLong();
        state.bucket = (int) reader.readSigned();
        state.accepted = reader.readUnsigned();
        state.rejected = reader.readUnsigned();
        state.late = reader.readUnsigned();
        state.duplicates = reader.readUnsigned();
        state.fingerprints.read(reader);
        return state;
    }
}
