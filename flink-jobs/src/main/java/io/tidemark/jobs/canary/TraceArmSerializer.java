package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link TraceArm}s, between tasks and into state. */
public final class TraceArmSerializer extends FlatSerializer<TraceArm> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;
    private static final int USUAL_BYTES = 128;

    @Override
    public void serialize(TraceArm trace, DataOutputView target) throws IOException {
        target.writeLong(trace.trace());
        target.writeLong(trace.unit());
        writeBytes(ContributionSerializer.toBytes(trace.arm()), target);
    }

    @Override
    public TraceArm deserialize(DataInputView source) throws IOException {
        return new TraceArm(source.readLong(), source.readLong(), ContributionSerializer.fromBytes(readBytes(source)));
    }

    byte[] toBytes(TraceArm trace) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(USUAL_BYTES);
        target.writeByte(VERSION);
        serialize(trace, target);
        return target.getCopyOfBuffer();
    }

    TraceArm fromBytes(byte[] bytes) throws IOException {
        DataInputDeserializer source = new DataInputDeserializer(bytes);
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException("trace has version %d; this build reads version %d".formatted(version, VERSION));
        }
        return deserialize(source);
    }

    @Override
    public TypeSerializerSnapshot<TraceArm> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TraceArm> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(TraceArmSerializer::new);
        }
    }
}
