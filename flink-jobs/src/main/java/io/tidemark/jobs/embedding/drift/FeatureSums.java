package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.distance.kernel.FourierSums;

/**
 * Sums of feature vectors in fixed point: whole numbers add up to the same whatever the order, so that a run after a
 * failure, or with another parallelism, gives the same sums to the last bit. Rounding is 2^-45 a vector and number; a
 * sum has room for 10^7 vectors.
 */
final class FeatureSums {

    private static final double ONE = 0x1.0p44;

    private final long[] sums;
    private long count;

    FeatureSums(int numbers) {
        sums = new long[numbers];
    }

    void add(double[] mapped) {
        count++;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += Math.round(mapped[i] * ONE);
        }
    }

    void add(FeatureSums other) {
        count += other.count;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
    }

    long count() {
        return count;
    }

    FourierSums toFourierSums() {
        double[] numbers = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            numbers[i] = sums[i] / ONE;
        }
        return new FourierSums(count, numbers);
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(count);
        writer.writeAllSigned(sums, sums.length);
    }

    static FeatureSums read(ByteReader reader, int numbers) {
        FeatureSums read = new FeatureSums(numbers);
        read.count = reader.readUnsigned();
        reader.readAllSigned(read.sums, numbers);
        return read;
    }
}
