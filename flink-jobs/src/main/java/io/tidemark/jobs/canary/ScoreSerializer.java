package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link Score}s between tasks. */
public final class ScoreSerializer extends FlatSerializer<Score> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Score score, DataOutputView target) throws IOException {
        writeBytes(score.toBytes(), target);
    }

    @Override
    public Score deserialize(DataInputView source) throws IOException {
        return Score.fromBytes(readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<Score> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Score> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(ScoreSerializer::new);
        }
    }
}
