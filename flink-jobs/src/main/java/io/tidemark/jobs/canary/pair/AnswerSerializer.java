package io.tidemark.jobs.canary.pair;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link Answer}s between tasks. */
public final class AnswerSerializer extends FlatSerializer<Answer> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Answer answer, DataOutputView target) throws IOException {
        writeBytes(answer.toBytes(), target);
    }

    @Override
    public Answer deserialize(DataInputView source) throws IOException {
        return Answer.fromBytes(readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<Answer> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Answer> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(AnswerSerializer::new);
        }
    }
}
