package io.tidemark.jobs.quality;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * An inference or an outcome on its way to the join.
 *
 * @param key join key
 * @param kind {@link #PREDICTION}, {@link #OUTCOME}, or {@link #UNUSED}
 * @param value the inference or outcome as bytes; of an unused outcome the reason
 * @param micros event time of an inference, observed time of an outcome, microseconds since the epoch
 */
public record KeyedRecord(String key, int kind, byte[] value, long micros) {

    /** A sampled inference. */
    public static final int PREDICTION = 0;

    /** An outcome that passed its checks. */
    public static final int OUTCOME = 1;

    /** An outcome that is counted and not used. */
    public static final int UNUSED = 2;

    /** Type information for Flink. */
    public static final TypeInformation<KeyedRecord> TYPE = TypeInformation.of(KeyedRecord.class);
}
