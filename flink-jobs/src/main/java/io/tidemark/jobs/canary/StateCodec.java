package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.TwoArmCounts;

/** How texts, doubles and counts stand in the state of this job. */
final class StateCodec {

    private StateCodec() {}

    static void write(String text, ByteWriter writer) {
        writer.writeText(text);
    }

    static String read(ByteReader reader) {
        return reader.readText();
    }

    static double readDouble(ByteReader reader) {
        return Double.longBitsToDouble(reader.readLong());
    }

    static void write(double[] values, ByteWriter writer) {
        writer.writeUnsigned(values.length);
        for (double value : values) {
            writer.writeDouble(value);
        }
    }

    static double[] readDoubles(ByteReader reader) {
        double[] values = new double[(int) reader.readUnsigned()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readDouble(reader);
        }
        return values;
    }

    static void write(TwoArmCounts counts, ByteWriter writer) {
        writer.writeUnsigned(counts.canaryBad());
        writer.writeUnsigned(counts.canaryTotal());
        writer.writeUnsigned(counts.baselineBad());
        writer.writeUnsigned(counts.baselineTotal());
    }

    static TwoArmCounts readTwoArmCounts(ByteReader reader) {
        return new TwoArmCounts(
                reader.readUnsigned(), reader.readUnsigned(), reader.readUnsigned(), reader.readUnsigned());
    }
}
