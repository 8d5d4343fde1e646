package io.tidemark.jobs.embedding;

import io.tidemark.contracts.VersionTuple;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes and reads a {@link TextOrigin}, and arrays. */
final class OriginCodec {

    private static final int COMPONENTS = VersionTuple.COMPONENT_NAMES.size();

    private OriginCodec() {}

    static void write(TextOrigin origin, DataOutputView target) throws IOException {
        target.writeUTF(origin.tenant());
        for (String component : origin.version()) {
            target.writeUTF(component);
        }
        target.writeByte(origin.role());
        target.writeUTF(origin.intent());
        target.writeUTF(origin.traceId());
        target.writeLong(origin.inference());
        target.writeLong(origin.eventMillis());
        target.writeDouble(origin.weight());
    }

    static TextOrigin read(DataInputView source) throws IOException {
        String tenant = source.readUTF();
        String[] version = new String[COMPONENTS];
        for (int i = 0; i < COMPONENTS; i++) {
            version[i] = source.readUTF();
        }
        return new TextOrigin(
                tenant,
                version,
                source.readByte(),
                source.readUTF(),
                source.readUTF(),
                source.readLong(),
                source.readLong(),
                source.readDouble());
    }

    static void writeInts(int[] values, DataOutputView target) throws IOException {
        target.writeInt(values == null ? -1 : values.length);
        if (values != null) {
            for (int value : values) {
                target.writeInt(value);
            }
        }
    }

    static int[] readInts(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0) {
            return null;
        }
        int[] values = new int[length];
        for (int i = 0; i < length; i++) {
            values[i] = source.readInt();
        }
        return values;
    }

    static void writeFloats(float[] values, DataOutputView target) throws IOException {
        target.writeInt(values == null ? -1 : values.length);
        if (values != null) {
            for (float value : values) {
                target.writeFloat(value);
            }
        }
    }

    static float[] readFloats(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0) {
            return null;
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = source.readFloat();
        }
        return values;
    }
}
