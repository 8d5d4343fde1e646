package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link ReleaseRecord}s between tasks. */
public final class ReleaseRecordSerializer extends FlatSerializer<ReleaseRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ReleaseRecord release, DataOutputView target) throws IOException {
        writeBytes(release.value(), target);
    }

    @Override
    public ReleaseRecord deserialize(DataInputView source) throws IOException {
        return new ReleaseRecord(readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<ReleaseRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ReleaseRecord> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(ReleaseRecordSerializer::new);
        }
    }
}
