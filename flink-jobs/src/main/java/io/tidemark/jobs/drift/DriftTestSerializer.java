package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link DriftTest}s between tasks and into state; the first byte is the version of the layout. */
public final class DriftTestSerializer extends FlatSerializer<DriftTest> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 2;
    private static final byte WITHOUT_SCORES = 1;

    @Override
    public void serialize(DriftTest test, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeUTF(test.kind().name());
        target.writeUTF(test.measure());
        writeBytes(CountCodec.sliceBytes(test.slice()), target);
        target.writeLong(test.windowStartMillis());
        target.writeInt(test.windowSeconds());
        target.writeUTF(test.baselineId());
        target.writeLong(test.n());
        target.writeLong(test.baselineN());
        target.writeUTF(test.insufficient());
        target.writeUTF(test.effectName());
        target.writeDouble(test.warnSize());
        target.writeDouble(test.investigateSize());
        write(test.own(), target);
        write(test.within(), target);
        write(test.rest(), target);
        write(test.beyondRest(), target);
        writeMembers(test.members(), target);
        writeShares(test.shares(), target);
        writeTexts(test.topics(), target);
        writeTexts(test.exemplars(), target);
        target.writeUTF(test.backendId());
        target.writeDouble(test.sampledShare());
        target.writeDouble(test.scores().centroidDistance());
        target.writeDouble(test.scores().topicDistance());
        target.writeDouble(test.scores().topicMargin());
        target.writeDouble(test.scores().responseCosine());
    }

    @Override
    public DriftTest deserialize(DataInputView source) throws IOException {
        byte version = source.readByte();
        if (version != VERSION && version != WITHOUT_SCORES) {
            throw new IOException("a drift test has version %d; this build reads versions %d and %d"
                    .formatted(version, WITHOUT_SCORES, VERSION));
        }
        return new DriftTest(
                DriftKind.valueOf(source.readUTF()),
                source.readUTF(),
                CountCodec.slice(readBytes(source)),
                source.readLong(),
                source.readInt(),
                source.readUTF(),
                source.readLong(),
                source.readLong(),
                source.readUTF(),
                source.readUTF(),
                source.readDouble(),
                source.readDouble(),
                readComparison(source),
                readComparison(source),
                readComparison(source),
                readComparison(source),
                readMembers(source),
                readShares(source),
                readTexts(source),
                readTexts(source),
                source.readUTF(),
                source.readDouble(),
                version == WITHOUT_SCORES ? TextScores.NONE : readScores(source));
    }

    private static TextScores readScores(DataInputView source) throws IOException {
        return new TextScores(source.readDouble(), source.readDouble(), source.readDouble(), source.readDouble());
    }

    private static void write(Comparison comparison, DataOutputView target) throws IOException {
        target.writeDouble(comparison.statistic());
        target.writeDouble(comparison.effect());
        target.writeDouble(comparison.pValue());
    }

    private static Comparison readComparison(DataInputView source) throws IOException {
        return new Comparison(source.readDouble(), source.readDouble(), source.readDouble());
    }

    private static void writeMembers(List<DriftMember> members, DataOutputView target) throws IOException {
        target.writeInt(members.size());
        for (DriftMember member : members) {
            target.writeUTF(member.tenant());
            target.writeLong(member.n());
            target.writeLong(member.baselineN());
        }
    }

    private static List<DriftMember> readMembers(DataInputView source) throws IOException {
        int size = source.readInt();
        List<DriftMember> members = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            members.add(new DriftMember(source.readUTF(), source.readLong(), source.readLong()));
        }
        return members;
    }

    private static void writeShares(List<DriftShare> shares, DataOutputView target) throws IOException {
        target.writeInt(shares.size());
        for (DriftShare share : shares) {
            target.writeUTF(share.getName());
            target.writeDouble(share.getBaseline());
            target.writeDouble(share.getCurrent());
        }
    }

    private static List<DriftShare> readShares(DataInputView source) throws IOException {
        int size = source.readInt();
        List<DriftShare> shares = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            shares.add(new DriftShare(source.readUTF(), source.readDouble(), source.readDouble()));
        }
        return shares;
    }

    private static void writeTexts(List<String> texts, DataOutputView target) throws IOException {
        target.writeInt(texts.size());
        for (String text : texts) {
            target.writeUTF(text);
        }
    }

    private static List<String> readTexts(DataInputView source) throws IOException {
        int size = source.readInt();
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(source.readUTF());
        }
        return texts;
    }

    @Override
    public TypeSerializerSnapshot<DriftTest> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DriftTest> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(DriftTestSerializer::new);
        }
    }
}
