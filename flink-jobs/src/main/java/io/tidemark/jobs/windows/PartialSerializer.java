package io.tidemark.jobs.windows;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link Partial}s between tasks. */
public final class PartialSerializer extends FlatSerializer<Partial> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Partial partial, DataOutputView target) throws IOException {
        writeBytes(partial.slice().getBytes(StandardCharsets.ISO_8859_1), target);
        target.writeLong(partial.paneStartMillis());
        writeBytes(partial.measures(), target);
    }

    @Override
    public Partial deserialize(DataInputView source) throws IOException {
        return new Partial(
                new String(readBytes(source), StandardCharsets.ISO_8859_1), source.readLong(), readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<Partial> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Partial> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(PartialSerializer::new);
        }
    }
}
