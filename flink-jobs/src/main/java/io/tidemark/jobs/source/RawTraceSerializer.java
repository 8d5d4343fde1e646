package io.tidemark.jobs.source;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link RawTrace}s; the source is chained to its first operator, so that this happens only in tests. */
public final class RawTraceSerializer extends FlatSerializer<RawTrace> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(RawTrace trace, DataOutputView target) throws IOException {
        writeBytes(trace.key(), target);
        writeBytes(trace.value(), target);
        target.writeInt(trace.partition());
        target.writeLong(trace.offset());
        target.writeLong(trace.appendTimeMillis());
        target.writeLong(trace.candidateMillis());
    }

    @Override
    public RawTrace deserialize(DataInputView source) throws IOException {
        return new RawTrace(
                readBytes(source),
                readBytes(source),
                source.readInt(),
                source.readLong(),
                source.readLong(),
                source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<RawTrace> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawTrace> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(RawTraceSerializer::new);
        }
    }
}
