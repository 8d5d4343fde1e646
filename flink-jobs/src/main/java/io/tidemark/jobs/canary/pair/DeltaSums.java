package io.tidemark.jobs.canary.pair;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.Moments;

/** Whole-number sums of one delta: any order of adding ends at the same numbers. */
public final class DeltaSums {

    private long count;
    private long sum;
    private long squares;

    void add(long fixedPoint) {
        count++;
        sum += fixedPoint;
        squares += fixedPoint * fixedPoint;
    }

    /** Adds the sums of other pairs. */
    public void add(DeltaSums other) {
        count += other.count;
        sum += other.sum;
        squares += other.squares;
    }

    /** Count, mean and spread, as the statistics take them. */
    public Moments moments() {
        if (count == 0) {
            return Moments.NONE;
        }
        double mean = PairDelta.value(sum) / count;
        double square = PairDelta.value(1) * PairDelta.value(1) * squares;
        return new Moments(count, mean, Math.max(0, square - count * mean * mean));
    }

    /** Writes the sums. */
    public void write(ByteWriter writer) {
        writer.writeUnsigned(count);
        writer.writeSigned(sum);
        writer.writeUnsigned(squares);
    }

    /** Adds sums that were written. */
    public void read(ByteReader reader) {
        count += reader.readUnsigned();
        sum += reader.readSigned();
        squares += reader.readUnsigned();
    }
}
