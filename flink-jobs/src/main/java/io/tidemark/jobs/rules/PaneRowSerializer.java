package io.tidemark.jobs.rules;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link PaneRow}s between tasks. */
public final class PaneRowSerializer extends FlatSerializer<PaneRow> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(PaneRow pane, DataOutputView target) throws IOException {
        target.writeUTF(pane.group());
        target.writeInt(pane.partition());
        target.writeLong(pane.endMillis());
        target.writeInt(pane.writer());
        target.writeInt(pane.writers());
        writeBytes(pane.row(), target);
    }

    @Override
    public PaneRow deserialize(DataInputView source) throws IOException {
        return new PaneRow(
                source.readUTF(),
                source.readInt(),
                source.readLong(),
                source.readInt(),
                source.readInt(),
                readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<PaneRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PaneRow> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(PaneRowSerializer::new);
        }
    }
}
