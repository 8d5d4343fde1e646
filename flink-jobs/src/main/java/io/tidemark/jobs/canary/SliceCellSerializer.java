package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link SliceCell}s, between tasks and into state. */
public final class SliceCellSerializer extends FlatSerializer<SliceCell> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;
    private static final int USUAL_BYTES = 512;

    @Override
    public void serialize(SliceCell cell, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        writeBytes(cell.slice(), target);
        target.writeLong(cell.paneStartMillis());
        writeBytes(cell.cell(), target);
    }

    @Override
    public SliceCell deserialize(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException("cell has version %d; this build reads version %d".formatted(version, VERSION));
        }
        return new SliceCell(readBytes(source), source.readLong(), readBytes(source));
    }

    static byte[] toBytes(SliceCell cell) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(USUAL_BYTES);
        new SliceCellSerializer().serialize(cell, target);
        return target.getCopyOfBuffer();
    }

    static SliceCell fromBytes(byte[] bytes) throws IOException {
        return new SliceCellSerializer().deserialize(new DataInputDeserializer(bytes));
    }

    @Override
    public TypeSerializerSnapshot<SliceCell> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SliceCell> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(SliceCellSerializer::new);
        }
    }
}
