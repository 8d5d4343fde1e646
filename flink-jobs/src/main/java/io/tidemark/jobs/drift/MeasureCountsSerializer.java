package io.tidemark.jobs.drift;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link MeasureCounts} between tasks and into state; the first byte is the version of the layout. */
final class MeasureCountsSerializer extends FlatSerializer<MeasureCounts> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;

    @Override
    public void serialize(MeasureCounts part, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeUTF(part.measure());
        target.writeUTF(part.baselineId());
        target.writeLong(part.windowStartMillis());
        writeBytes(CountCodec.sliceBytes(part.cell()), target);
        writeBytes(CountCodec.countBytes(part.counts()), target);
        target.writeLong(part.lastEventMillis());
    }

    @Override
    public MeasureCounts deserialize(DataInputView source) throws IOException {
        byte version = source.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "counts of a measure have version %d; this build reads version %d".formatted(version, VERSION));
        }
        return new MeasureCounts(
                source.readUTF(),
                source.readUTF(),
                source.readLong(),
                CountCodec.slice(readBytes(source)),
                CountCodec.counts(readBytes(source)),
                source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<MeasureCounts> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MeasureCounts> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(MeasureCountsSerializer::new);
        }
    }
}
