package io.tidemark.jobs.quality.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The one list of the outcomes that are measured, and the names of what is derived from them. */
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

    /** Largest amount of money that one outcome may bring, in its currency. */
    private static final double LARGEST_AMOUNT = 1e6;

    private static final Map<String, OutcomeMeasure> BY_NAME = new LinkedHashMap<>();

    /** Measures of which a fall is no fault, or that are no measure of quality. */
    private static final Set<String> LOW_IS_GOOD = Set.of(
            UNUSED,
            SELECTION_RATE,
            EXPECTED_ACCURACY,
            "escalation",
            "churn",
            "guardrail_block",
            "jailbreak",
            "judge_cost",
            "judged");

    private static final Map<String, Double> RATE_LABELS = Map.ofEntries(
            Map.entry("yes", 1.0),
            Map.entry("true", 1.0),
            Map.entry("up", 1.0),
            Map.entry("positive", 1.0),
            Map.entry("pass", 1.0),
            Map.entry("no", 0.0),
            Map.entry("false", 0.0),
            Map.entry("down", 0.0),
            Map.entry("negative", 0.0),
            Map.entry("fail", 0.0));

    static {
        List.of(
                        new OutcomeMeasure("label", OutcomeKind.CLASS, 0, 1),
                        new OutcomeMeasure("ranking", OutcomeKind.RANKING, 0, 1),
                        OutcomeMeasure.rate("thumbs"),
                        OutcomeMeasure.score("csat", 1, 5),
                        OutcomeMeasure.rate("conversion"),
                        OutcomeMeasure.rate("deflection"),
                        OutcomeMeasure.rate("escalation"),
                        OutcomeMeasure.rate("completion"),
                        OutcomeMeasure.rate("churn"),
                        OutcomeMeasure.rate("click"),
                        OutcomeMeasure.score("revenue", -LARGEST_AMOUNT, LARGEST_AMOUNT),
                        OutcomeMeasure.score("engagement", 0, LARGEST_AMOUNT),
                        OutcomeMeasure.rate("guardrail_block"),
                        OutcomeMeasure.rate("jailbreak"),
                        OutcomeMeasure.rate("judged"),
                        OutcomeMeasure.score("judge_cost", 0, LARGEST_AMOUNT),
                        OutcomeMeasure.score("faithfulness", 0, 1),
                        OutcomeMeasure.score("groundedness", 0, 1),
                        OutcomeMeasure.score("correctness", 0, 1),
                        OutcomeMeasure.score("relevance", 0, 1),
                        OutcomeMeasure.score("coherence", 0, 1),
                        OutcomeMeasure.score("agreement", 0, 1))
                .forEach(measure -> BY_NAME.put(measure.name(), measure));
    }

    private QualityMeasures() {}

    /** The outcome of a name, or null when no such outcome is measured. */
    public static OutcomeMeasure outcome(String name) {
        return BY_NAME.get(name);
    }

    /** Every outcome that is measured. */
    public static List<OutcomeMeasure> outcomes() {
        return List.copyOf(BY_NAME.values());
    }

    /** Value of an outcome that says yes or no in words; NaN for another word. */
    public static double rateOf(String label) {
        return label == null ? Double.NaN : RATE_LABELS.getOrDefault(label.toLowerCase(Locale.ROOT), Double.NaN);
    }

    /** Unit of the sums of a measure: the power of two that no absolute value exceeds, so that dividing loses nothing. */
    public static double scale(String measure) {
        OutcomeMeasure outcome = BY_NAME.get(measure);
        return outcome == null ? 1 : Math.scalb(1, (int) Math.ceil(Math.log(outcome.maximum()) / Math.log(2)));
    }

    /** Whether a measure is a mean of values of 0 and 1. */
    static boolean isRate(String measure) {
        OutcomeMeasure outcome = BY_NAME.get(measure);
        return outcome == null
                ? !List.of(NDCG, "map_at_10", "mrr_at_10", "recall_at_10", EXPECTED_ACCURACY)
                        .contains(measure)
                : outcome.kind() == OutcomeKind.RATE;
    }

    /** Whether the sum over all units says something, and not only the mean. */
    static boolean hasTotal(String measure) {
        OutcomeMeasure outcome = BY_NAME.get(measure);
        return outcome != null && outcome.maximum() == LARGEST_AMOUNT;
    }

    /** Whether a fall of the measure is bad. */
    public static boolean shouldBeHigh(String measure) {
        return !LOW_IS_GOOD.contains(measure);
    }
}
