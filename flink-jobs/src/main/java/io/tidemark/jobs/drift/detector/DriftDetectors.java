package io.tidemark.jobs.drift.detector;

import java.util.List;

/** The one list of drift detectors. The drift of embeddings is found by the operator that computes them. */
public final class DriftDetectors {

    private static final List<DriftDetector> ALL = List.of(
            new NumericDistribution(),
            new CategoricalDistribution(),
            BadValues.MISSING,
            BadValues.NOT_FINITE,
            BadValues.OTHER_TYPE,
            BadValues.OUT_OF_RANGE,
            BadValues.NEW_CATEGORY);

    private DriftDetectors() {}

    /** Every detector. */
    public static List<DriftDetector> all() {
        return ALL;
    }
}
