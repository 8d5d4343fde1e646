package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.SliceRef;

/**
 * Counts of a measure in one cell, in a window and in what it is compared with.
 *
 * @param cell the cell
 * @param current counts of the window
 * @param baseline counts of the baseline; zeros where it did not see the cell
 */
@SuppressWarnings("ArrayRecordComponent") // read in place
record CellCounts(SliceRef cell, long[] current, long[] baseline) {}
