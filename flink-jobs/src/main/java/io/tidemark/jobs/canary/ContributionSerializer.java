package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link Contribution}s, between tasks and into state. */
public final class ContributionSerializer extends FlatSerializer<Contribution> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;
    private static final int USUAL_BYTES = 512;

    @Override
    public void serialize(Contribution contribution, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeUTF(contribution.releaseId());
        target.writeByte(contribution.arm().ordinal());
        target.writeInt(contribution.changed());
        target.writeUTF(contribution.versionId());
        target.writeUTF(contribution.tenant());
        target.writeLong(contribution.paneStartMillis());
        writeBytes(contribution.cell(), target);
    }

    @Override
    public Contribution deserialize(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "contribution has version %d; this build reads version %d".formatted(version, VERSION));
        }
        return new Contribution(
                source.readUTF(),
                Contribution.Arm.values()[source.readByte()],
                source.readInt(),
                source.readUTF(),
                source.readUTF(),
                source.readLong(),
                readBytes(source));
    }

    static byte[] toBytes(Contribution contribution) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(USUAL_BYTES);
        new ContributionSerializer().serialize(contribution, target);
        return target.getCopyOfBuffer();
    }

    static Contribution fromBytes(byte[] bytes) throws IOException {
        return new ContributionSerializer().deserialize(new DataInputDeserializer(bytes));
    }

    @Override
    public TypeSerializerSnapshot<Contribution> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Contribution> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(ContributionSerializer::new);
        }
    }
}
