package io.tidemark.statistics.calibration;

/**
 * A score of the calibration of confidences, from a mergeable state.
 *
 * @param <S> the state
 */
public interface CalibrationScore<S> {

    /** Stable name, as in rules and in reference vectors. */
    String id();

    /**
     * The score.
     *
     * @throws io.tidemark.statistics.error.StatisticsException INSUFFICIENT_DATA for a state without events
     */
    double score(S state);
}
