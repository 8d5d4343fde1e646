package io.tidemark.jobs.runtime;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of versioned records in state. Their bytes are never changed once they are stored, so a checkpoint under way
 * shares them; Flink's own serializer of byte arrays would copy each of them.
 */
public final class BytesSerializer extends FlatSerializer<byte[]> {

    /** The one instance. */
    public static final BytesSerializer INSTANCE = new BytesSerializer();

    private static final long serialVersionUID = 1L;

    private BytesSerializer() {}

    @Override
    public void serialize(byte[] bytes, DataOutputView target) throws IOException {
        writeBytes(bytes, target);
    }

    @Override
    public byte[] deserialize(DataInputView source) throws IOException {
        return readBytes(source);
    }

    @Override
    public TypeSerializerSnapshot<byte[]> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<byte[]> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
