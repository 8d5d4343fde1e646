package io.tidemark.jobs.source;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record of the traces topic.
 *
 * @param key key as the producer set it; may be null
 * @param value bytes in the wire format; null for an end marker
 * @param partition partition that it was read from
 * @param offset offset in the partition
 * @param appendTimeMillis when the broker appended it, milliseconds since the epoch
 * @param candidateMillis how far event time may go because of this record: the earlier of its event time and its append
 *     time, milliseconds since the epoch; {@link #NO_TIME} when the record cannot be read
 */
public record RawTrace(
        byte[] key, byte[] value, int partition, long offset, long appendTimeMillis, long candidateMillis) {

    /** Says that a record tells no time. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** Type information for Flink. */
    public static final TypeInformation<RawTrace> TYPE = new FlatType<>(RawTrace.class, new RawTraceSerializer());

    /** Whether this ends its partition in a replay run. */
    public boolean isEndMarker() {
        return value == null;
    }
}
