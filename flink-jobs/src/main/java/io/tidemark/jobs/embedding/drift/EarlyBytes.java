package io.tidemark.jobs.embedding.drift;

import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.embedding.ScoredTextSerializer;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Bytes of texts that came before their baseline was complete. Of the baseline only identity and times matter here. */
final class EarlyBytes {

    private static final int INITIAL_BYTES = 2_048;

    private EarlyBytes() {}

    static void write(List<ScoredText> texts, List<ProfileHead> baselines, ByteWriter writer) {
        writer.writeUnsigned(texts.size());
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        for (int i = 0; i < texts.size(); i++) {
            Reservoir.writeText(baselines.get(i).id(), writer);
            writer.writeSigned(baselines.get(i).from().orElseThrow().toEpochMilli());
            writer.writeSigned(baselines.get(i).to().orElseThrow().toEpochMilli());
            target.clear();
            try {
                new ScoredTextSerializer().serialize(texts.get(i), target);
            } catch (IOException e) {
                throw new UncheckedIOException("a text cannot be stored", e);
            }
            writer.writeUnsigned(target.length());
            writer.writeBytes(target.getSharedBuffer(), 0, target.length());
        }
    }

    static void read(ByteReader reader, BiConsumer<ScoredText, ProfileHead> target) {
        long size = reader.readUnsigned();
        for (long i = 0; i < size; i++) {
            ProfileHead head = head(Reservoir.readText(reader), reader.readSigned(), reader.readSigned());
            byte[] bytes = new byte[(int) reader.readUnsigned()];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) reader.readByte();
            }
            try {
                target.accept(new ScoredTextSerializer().deserialize(new DataInputDeserializer(bytes)), head);
            } catch (IOException e) {
                throw new UncheckedIOException("a stored text cannot be read", e);
            }
        }
    }

    private static ProfileHead head(String id, long fromMillis, long toMillis) {
        return new ProfileHead(
                id,
                BaselineSource.UNKNOWN,
                "",
                Optional.empty(),
                Optional.of(Instant.ofEpochMilli(fromMillis)),
                Optional.of(Instant.ofEpochMilli(toMillis)),
                Instant.EPOCH,
                Optional.empty(),
                "");
    }
}
