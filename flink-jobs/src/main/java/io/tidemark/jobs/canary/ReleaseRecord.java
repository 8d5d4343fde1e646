package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record of the releases topic.
 *
 * @param value bytes in the wire format; null is possible
 */
public record ReleaseRecord(byte[] value) {

    /** Type information for Flink. */
    public static final TypeInformation<ReleaseRecord> TYPE =
            new FlatType<>(ReleaseRecord.class, new ReleaseRecordSerializer());
}
