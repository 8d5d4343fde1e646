package io.tidemark.jobs.embedding;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link ScoredText}. */
public final class ScoredTextSerializer extends FlatSerializer<ScoredText> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ScoredText text, DataOutputView target) throws IOException {
        OriginCodec.write(text.origin(), target);
        target.writeLong(text.textHash());
        OriginCodec.writeFloats(text.vector(), target);
        target.writeDouble(text.responseCosine());
        target.writeUTF(text.backendId());
    }

    @Override
    public ScoredText deserialize(DataInputView source) throws IOException {
        return new ScoredText(
                OriginCodec.read(source),
                source.readLong(),
                OriginCodec.readFloats(source),
                source.readDouble(),
                source.readUTF());
    }

    @Override
    public TypeSerializerSnapshot<ScoredText> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Snapshot of the serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ScoredText> {
        public Snapshot() {
            super(ScoredTextSerializer::new);
        }
    }
}
