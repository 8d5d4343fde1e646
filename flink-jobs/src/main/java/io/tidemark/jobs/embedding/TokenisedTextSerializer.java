package io.tidemark.jobs.embedding;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link TokenisedText}. */
public final class TokenisedTextSerializer extends FlatSerializer<TokenisedText> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(TokenisedText text, DataOutputView target) throws IOException {
        OriginCodec.write(text.origin(), target);
        target.writeLong(text.textHash());
        OriginCodec.writeInts(text.prompt(), target);
        OriginCodec.writeInts(text.response(), target);
    }

    @Override
    public TokenisedText deserialize(DataInputView source) throws IOException {
        return new TokenisedText(
                OriginCodec.read(source),
                source.readLong(),
                OriginCodec.readInts(source),
                OriginCodec.readInts(source));
    }

    @Override
    public TypeSerializerSnapshot<TokenisedText> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Snapshot of the serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TokenisedText> {
        public Snapshot() {
            super(TokenisedTextSerializer::new);
        }
    }
}
