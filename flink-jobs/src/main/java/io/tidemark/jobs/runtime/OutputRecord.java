package io.tidemark.jobs.runtime;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record for Kafka. Everything that a job writes leaves through one exactly-once sink, so that whoever reads a committed
 * progress record can rely on all rows before it being committed too.
 *
 * @param topic full name of the topic
 * @param partition partition; {@link #BY_KEY} for the one of its key
 * @param key key; null without one
 * @param value value; null for a record that only marks something by its headers
 * @param headerNames names of the headers
 * @param headerValues their values
 */
public record OutputRecord(
        String topic, int partition, byte[] key, byte[] value, String[] headerNames, byte[][] headerValues) {

    /** Stands for the partition that the key belongs to. */
    public static final int BY_KEY = -1;

    /** Type information for Flink. */
    public static final TypeInformation<OutputRecord> TYPE =
            new FlatType<>(OutputRecord.class, new OutputRecordSerializer());

    private static final String[] NO_NAMES = {};
    private static final byte[][] NO_VALUES = {};

    /** A record with headers. */
    public OutputRecord(String topic, byte[] key, byte[] value, String[] headerNames, byte[][] headerValues) {
        this(topic, BY_KEY, key, value, headerNames, headerValues);
    }

    /** A record without a value for one partition. */
    public static OutputRecord mark(String topic, int partition, String header, String text) {
        byte[][] values = {text.getBytes(StandardCharsets.UTF_8)};
        return new OutputRecord(topic, partition, null, null, new String[] {header}, values);
    }

    /** A record without headers. */
    public static OutputRecord of(String topic, byte[] key, byte[] value) {
        return new OutputRecord(topic, key, value, NO_NAMES, NO_VALUES);
    }

    /** A JSON record under a text key. */
    public static OutputRecord json(String topic, String key, String value) {
        return of(topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }
}
