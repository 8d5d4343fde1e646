package io.tidemark.benchmarks.job;

import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.contracts.trace.TextField;
import io.tidemark.jobs.measures.ByteReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Decodes every feature of a trace, name and value, and keeps nothing but a sum. */
final class FeatureWalk {

    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteReader reader = new ByteReader();

    double over(ProjectedTrace trace) {
        return numbers(trace) + texts(trace);
    }

    private double numbers(ProjectedTrace trace) {
        byte[] bytes = trace.recordBytes();
        double sum = 0;
        for (long left = begin(trace, TextField.NUMERIC_FEATURES); left != 0; left = block()) {
            for (long i = 0; i < left; i++) {
                sum += skipText(bytes);
                sum += (double) DOUBLES.get(bytes, reader.position());
                reader.skip(Double.BYTES);
            }
        }
        return sum;
    }

    private double texts(ProjectedTrace trace) {
        byte[] bytes = trace.recordBytes();
        double sum = 0;
        for (long left = begin(trace, TextField.CATEGORICAL_FEATURES); left != 0; left = block()) {
            for (long i = 0; i < left; i++) {
                sum += skipText(bytes) + skipText(bytes);
            }
        }
        return sum;
    }

    private long begin(ProjectedTrace trace, TextField field) {
        int length = trace.length(field);
        if (length <= 0) {
            return 0;
        }
        reader.over(trace.recordBytes(), trace.offset(field), length);
        return block();
    }

    /** Reads each byte of a text once, as whoever wants to know which feature it is has to. */
    private int skipText(byte[] bytes) {
        int length = (int) reader.readSigned();
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[reader.position() + i];
        }
        reader.skip(length);
        return hash;
    }

    private long block() {
        long count = reader.readSigned();
        if (count < 0) {
            reader.readSigned();
        }
        return Math.abs(count);
    }
}
