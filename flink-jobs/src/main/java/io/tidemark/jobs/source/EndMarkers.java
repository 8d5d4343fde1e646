package io.tidemark.jobs.source;

import java.io.Serializable;
import java.util.OptionalLong;

/** Knows where the end markers of the partitions lie that were read so far. */
public interface EndMarkers extends Serializable {

    /** Offset of the end marker of a partition, once it was read. */
    OptionalLong endMarker(int partition);
}
