package io.tidemark.jobs.drift.detector;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.jobs.drift.Comparison;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import java.util.List;

/** One way in which the values of a measure can drift, told from counts in the bins of a baseline. */
public interface DriftDetector {

    /** Fewest observations on each side; below nothing is decided. */
    int MINIMUM = 100;

    /** Stable name. */
    String id();

    /** Whether the detector has anything to say about a measure. */
    boolean appliesTo(MeasureLayout measure);

    /** What a move is about. */
    DriftKind kind(MeasureLayout measure);

    /** Name of what is tested, in records and signals. */
    String testName(MeasureLayout measure);

    /** What the effect is. */
    String effectName();

    /** Effect from which a move counts. */
    double warnSize();

    /** Effect from which it must be looked into. */
    double investigateSize();

    /** Whether a test that could not be made is worth a record. */
    boolean tellsInsufficient();

    /** The part of a measure's counts that is compared. */
    long[] select(MeasureLayout measure, long[] counts);

    /**
     * Compares two selected vectors of counts.
     *
     * @param baseline at least {@link #MINIMUM} observations
     * @param current at least {@link #MINIMUM} observations
     */
    Comparison compare(MeasureLayout measure, long[] baseline, long[] current);

    /** Both distributions for people; empty when there is nothing to draw. */
    List<DriftShare> shares(MeasureLayout measure, long[] baseline, long[] current);
}
