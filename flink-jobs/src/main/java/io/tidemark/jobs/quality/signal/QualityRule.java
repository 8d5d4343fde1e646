package io.tidemark.jobs.quality.signal;

import io.tidemark.jobs.quality.measure.QualityMeasures;
import java.util.List;

/**
 * How large a fall of a measure over two weeks matters, relative to the mean of the first week.
 *
 * @param id name of the rule in signals
 * @param measure measure that it is about; empty for every rate and score that should be high
 * @param drop smallest fall, as a share of the first week's mean
 * @param isUrgent whether it calls for retraining at once
 */
public record QualityRule(String id, String measure, double drop, boolean isUrgent) {

    private static final List<QualityRule> ALL = List.of(
            new QualityRule("quality-triage", "", 0.03, false),
            new QualityRule("quality-trend", "", 0.05, false),
            new QualityRule("accuracy-drop", QualityMeasures.ACCURACY, 0.05, true),
            new QualityRule("ndcg-drop", QualityMeasures.NDCG, 0.03, true));

    /** The one list of rules. */
    public static List<QualityRule> all() {
        return ALL;
    }

    /** Whether the rule is about a measure. */
    public boolean isAbout(String other) {
        return measure.isEmpty() || measure.equals(other);
    }
}
