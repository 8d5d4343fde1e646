package io.tidemark.jobs.runtime;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link OutputRecord}s between tasks. */
public final class OutputRecordSerializer extends FlatSerializer<OutputRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(OutputRecord record, DataOutputView target) throws IOException {
        target.writeUTF(record.topic());
        target.writeInt(record.partition());
        writeBytes(record.key(), target);
        writeBytes(record.value(), target);
        target.writeInt(record.headerNames().length);
        for (int i = 0; i < record.headerNames().length; i++) {
            target.writeUTF(record.headerNames()[i]);
            writeBytes(record.headerValues()[i], target);
        }
    }

    @Override
    public OutputRecord deserialize(DataInputView source) throws IOException {
        String topic = source.readUTF();
        int partition = source.readInt();
        byte[] key = readBytes(source);
        byte[] value = readBytes(source);
        int headers = source.readInt();
        String[] names = new String[headers];
        byte[][] values = new byte[headers][];
        for (int i = 0; i < headers; i++) {
            names[i] = source.readUTF();
            values[i] = readBytes(source);
        }
        return new OutputRecord(topic, partition, key, value, names, values);
    }

    @Override
    public TypeSerializerSnapshot<OutputRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutputRecord> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(OutputRecordSerializer::new);
        }
    }
}
