package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.BucketCounts;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;

/**
 * A percentile of the control, learnt from the panes before the present one: so it is fixed when a pane is looked at, and
 * both arms are held against the same bar. Learning ends at 100,000 values.
 */
final class ControlPercentile {

    /** No bar yet. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final long ENOUGH = 1_000;
    private static final long PLENTY = 100_000;

    private final double percentile;
    private final BucketCounts values = new BucketCounts();
    private long count;
    private int bucket = UNKNOWN;

    ControlPercentile(double percentile) {
        this.percentile = percentile;
    }

    /** Bucket that a value must exceed to lie over the percentile. */
    int bucket() {
        return bucket;
    }

    boolean isLearning() {
        return count < PLENTY;
    }

    BucketCounts values() {
        return values;
    }

    /** Takes the values that were added into account, from the next pane on. */
    void learn() {
        int size = values.size();
        long[] indexes = new long[size];
        long[] counts = new long[size];
        values.copyTo(indexes, counts);
        count = 0;
        for (long each : counts) {
            count += each;
        }
        if (count < ENOUGH) {
            return;
        }
        long rank = (long) Math.ceil(percentile * count);
        long sofar = 0;
        for (int i = 0; i < size; i++) {
            sofar += counts[i];
            if (sofar >= rank) {
                bucket = (int) indexes[i];
                return;
            }
        }
    }

    void write(ByteWriter writer) {
        Cell.writeBuckets(values, writer);
    }

    void read(ByteReader reader) {
        long buckets = reader.readUnsigned();
        long index = 0;
        for (long i = 0; i < buckets; i++) {
            index += reader.readSigned();
            values.add((int) index, reader.readUnsigned());
        }
        learn();
    }
}
