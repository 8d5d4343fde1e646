package io.tidemark.statistics.ranking;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;

/**
 * Area under the receiver operating characteristic: the chance that a positive has a higher score than a negative, equal
 * scores counted half, from (weighted) counts on ascending scores.
 *
 * <p>J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a ROC curve", Radiology 143(1), 1982,
 * doi:10.1148/radiology.143.1.7063747. Same as the paper, standard error included.
 */
public final class AreaUnderCurve {

    private AreaUnderCurve() {}

    /**
     * The area, in [0, 1].
     *
     * @param positives count of positives at each score, ascending
     * @param negatives count of negatives at the same scores
     * @throws StatisticsException LENGTH_MISMATCH, NEGATIVE_COUNT, INSUFFICIENT_DATA when a class is absent
     */
    public static double of(double[] positives, double[] negatives) {
        InputChecks.sameLength("positives", positives.length, "negatives", negatives.length);
        double below = 0;
        double won = 0;
        double positive = 0;
        for (int i = 0; i < InputChecks.counts("positives", positives).length; i++) {
            won += positives[i] * (below + negatives[i] / 2);
            below += negatives[i];
            positive += positives[i];
        }
        InputChecks.counts("negatives", negatives);
        if (positive == 0 || below == 0) {
            throw new StatisticsException(ErrorCode.INSUFFICIENT_DATA, "the area needs positives and negatives");
        }
        return won / (positive * below);
    }

    /** Standard error of an area from so many (effective) positives and negatives. */
    public static double standardError(double area, double positives, double negatives) {
        InputChecks.probability("area", area);
        double twoPositives = area / (2 - area);
        double twoNegatives = 2 * area * area / (1 + area);
        double variance = area * (1 - area)
                + (positives - 1) * (twoPositives - area * area)
                + (negatives - 1) * (twoNegatives - area * area);
        return Math.sqrt(Math.max(0, variance) / (positives * negatives));
    }
}
