package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Counts of a measure in one cell and window, an increment: parts of one window add up.
 *
 * @param measure the measure
 * @param baselineId baseline whose bins they are counted in
 * @param windowStartMillis inclusive start of the shortest window
 * @param cell the cell
 * @param counts counts in the bins of the measure
 * @param lastEventMillis latest event that the sender had seen, in any cell
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is sent
record MeasureCounts(
        String measure, String baselineId, long windowStartMillis, SliceRef cell, long[] counts, long lastEventMillis) {

    /** Type information for Flink. */
    static final TypeInformation<MeasureCounts> TYPE =
            new FlatType<>(MeasureCounts.class, new MeasureCountsSerializer());
}
