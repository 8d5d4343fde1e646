package io.tidemark.jobs.windows;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * An increment: the measures of some events of one slice in one pane. Adding all increments, in any order, gives the pane.
 *
 * @param slice slice key, one character for each byte
 * @param paneStartMillis start of the pane, milliseconds since the epoch
 * @param measures encoded measures
 */
public record Partial(String slice, long paneStartMillis, byte[] measures) {

    /** Type information for Flink. */
    public static final TypeInformation<Partial> TYPE = new FlatType<>(Partial.class, new PartialSerializer());
}
