package io.tidemark.jobs.drift;

import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.contracts.trace.TextField;
import io.tidemark.jobs.measures.ByteReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks the feature maps of a trace. The features of a stream come in the same order again and again, so each name is
 * first compared with the one that followed last time.
 */
final class FeatureReader {

    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteReader reader = new ByteReader();

    /** Takes a feature. */
    @FunctionalInterface
    interface Numbers {
        void take(int measure, double value);
    }

    /** Takes a feature whose value lies in the record's bytes. */
    @FunctionalInterface
    interface Texts {
        void take(int measure, byte[] bytes, int offset, int length);
    }

    void numbers(ProjectedTrace trace, NameIndex names, Numbers target) {
        int length = trace.length(TextField.NUMERIC_FEATURES);
        if (length <= 0) {
            return;
        }
        byte[] bytes = trace.recordBytes();
        reader.over(bytes, trace.offset(TextField.NUMERIC_FEATURES), length);
        names.rewind();
        for (long count = block(); count != 0; count = block()) {
            for (long i = 0; i < count; i++) {
                int nameLength = (int) reader.readSigned();
                int measure = names.find(bytes, reader.position(), nameLength);
                reader.skip(nameLength);
                double value = (double) DOUBLES.get(bytes, reader.position());
                reader.skip(Double.BYTES);
                if (measure >= 0) {
                    target.take(measure, value);
                }
            }
        }
    }

    void texts(ProjectedTrace trace, NameIndex names, Texts target) {
        int length = trace.length(TextField.CATEGORICAL_FEATURES);
        if (length <= 0) {
            return;
        }
        byte[] bytes = trace.recordBytes();
        reader.over(bytes, trace.offset(TextField.CATEGORICAL_FEATURES), length);
        names.rewind();
        for (long count = block(); count != 0; count = block()) {
            for (long i = 0; i < count; i++) {
                int nameLength = (int) reader.readSigned();
                int measure = names.find(bytes, reader.position(), nameLength);
                reader.skip(nameLength);
                int valueLength = (int) reader.readSigned();
                if (measure >= 0) {
                    target.take(measure, bytes, reader.position(), valueLength);
                }
                reader.skip(valueLength);
            }
        }
    }

    /** Number of entries of the next block; a negative one is followed by the block's size. */
    private long block() {
        long count = reader.readSigned();
        if (count < 0) {
            reader.readSigned();
        }
        return Math.abs(count);
    }
}
