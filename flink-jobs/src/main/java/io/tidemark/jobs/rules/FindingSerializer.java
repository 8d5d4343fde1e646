package io.tidemark.jobs.rules;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link Finding}s between tasks and into state; the first byte is the version of the layout. */
public final class FindingSerializer extends FlatSerializer<Finding> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;

    @Override
    public void serialize(Finding finding, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeUTF(finding.rule());
        target.writeLong(finding.tickMillis());
        target.writeBoolean(finding.breached());
        target.writeLong(finding.bad());
        target.writeLong(finding.units());
        target.writeDouble(finding.limit());
        target.writeInt(finding.top());
        target.writeDouble(finding.rank());
        target.writeBoolean(finding.autoscaling());
        writeBytes(finding.signal(), target);
    }

    @Override
    public Finding deserialize(DataInputView source) throws IOException {
        byte version = source.readByte();
        if (version != VERSION) {
            throw new IOException("a finding has version %d; this build reads version %d".formatted(version, VERSION));
        }
        return new Finding(
                source.readUTF(),
                source.readLong(),
                source.readBoolean(),
                source.readLong(),
                source.readLong(),
                source.readDouble(),
                source.readInt(),
                source.readDouble(),
                source.readBoolean(),
                readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<Finding> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Finding> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(FindingSerializer::new);
        }
    }
}
