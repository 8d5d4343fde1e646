package io.tidemark.jobs.quality.measure;

import io.tidemark.contracts.outcome.OutcomeCatalogue;
import io.tidemark.contracts.outcome.OutcomeKind;
import io.tidemark.contracts.outcome.OutcomeMeasure;
import java.util.List;
import java.util.Set;

/** The names of what is derived from inferences and from the outcomes of {@link OutcomeCatalogue}. */
public final class QualityMeasures {

    /** Sampled inferences or sessions: what every coverage refers to. */
    public static final String POPULATION = "population";

    /** Share of the inferences with structured output whose output was valid. */
    public static final String SCHEMA_VALID = "schema_valid";

    /** Mean stated confidence: what accuracy would be if the model were calibrated, before any label has come. */
    public static final String EXPECTED_ACCURACY = "expected_accuracy";

    /** Share of the inferences that predict the positive class. */
    public static final String SELECTION_RATE = "selection_rate";

    /** Share of right predictions. */
    public static final String ACCURACY = "accuracy";

    /** Share of right ones among the predictions of a class. */
    public static final String PRECISION = "precision";

    /** Share of right ones among the inferences of a true class. */
    public static final String RECALL = "recall";

    /** Table of stated confidences: source of Brier score, calibration error and Spiegelhalter's Z. */
    public static final String CALIBRATION = "calibration";

    /** Table of scores of the positive class: source of the area under the curve. */
    public static final String SCORES = "scores";

    /** Outcomes that were counted and not used; the category says why. */
    public static final String UNUSED = "unused_outcomes";

    /** Gain of the first ten places. */
    public static final String NDCG = "ndcg_at_10";

    /** Places that measures of rankings look at. */
    static final int PLACES = 10;

    /** Measures of which a fall is no fault, or that are no measure of quality. */
    private static final Set<String> LOW_IS_GOOD = Set.of(
            UNUSED,
            SELECTION_RATE,
            EXPECTED_ACCURACY,
            "escalation",
            "churn",
            "guardrail_block",
            "jailbreak",
            OutcomeCatalogue.JUDGE_COST,
            OutcomeCatalogue.JUDGED);

    private QualityMeasures() {}

    /** Unit of the sums of a measure: the power of two that no absolute value exceeds, so that dividing loses nothing. */
    public static double scale(String measure) {
        OutcomeMeasure outcome = OutcomeCatalogue.outcome(measure);
        return outcome == null ? 1 : Math.scalb(1, (int) Math.ceil(Math.log(outcome.maximum()) / Math.log(2)));
    }

    /** Whether a measure is a mean of values of 0 and 1. */
    static boolean isRate(String measure) {
        OutcomeMeasure outcome = OutcomeCatalogue.outcome(measure);
        return outcome == null
                ? !List.of(NDCG, "map_at_10", "mrr_at_10", "recall_at_10", EXPECTED_ACCURACY)
                        .contains(measure)
                : outcome.kind() == OutcomeKind.RATE;
    }

    /** Whether the sum over all units says something, and not only the mean. */
    static boolean hasTotal(String measure) {
        OutcomeMeasure outcome = OutcomeCatalogue.outcome(measure);
        return outcome != null && outcome.maximum() == OutcomeCatalogue.LARGEST_AMOUNT;
    }

    /** Whether a fall of the measure is bad. */
    public static boolean shouldBeHigh(String measure) {
        return !LOW_IS_GOOD.contains(measure);
    }
}
