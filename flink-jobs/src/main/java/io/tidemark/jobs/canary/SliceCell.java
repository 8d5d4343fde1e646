package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * An increment: what some calls of one slice did in one pane.
 *
 * @param slice slice key
 * @param paneStartMillis start of the pane, milliseconds since the epoch
 * @param cell encoded cell
 */
public record SliceCell(byte[] slice, long paneStartMillis, byte[] cell) {

    /** Type information for Flink. */
    public static final TypeInformation<SliceCell> TYPE = new FlatType<>(SliceCell.class, new SliceCellSerializer());
}
