package io.tidemark.contracts.outcome;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The one list of the outcomes that are measured. Others are stored, and counted as unlisted. */
public final class OutcomeCatalogue {

    /** Whether a judge came to a score, 0 or 1. */
    public static final String JUDGED = "judged";

    /** What a judge's answer cost, in US dollars. */
    public static final String JUDGE_COST = "judge_cost";

    /** Largest amount of money that one outcome may bring, in its currency. */
    public static final double LARGEST_AMOUNT = 1e6;

    private static final Map<String, OutcomeMeasure> BY_NAME = new LinkedHashMap<>();

    private static final Map<String, Double> RATE_LABELS = new TreeMap<>(Map.ofEntries(
            Map.entry("yes", 1.0),
            Map.entry("true", 1.0),
            Map.entry("up", 1.0),
            Map.entry("positive", 1.0),
            Map.entry("pass", 1.0),
            Map.entry("no", 0.0),
            Map.entry("false", 0.0),
            Map.entry("down", 0.0),
            Map.entry("negative", 0.0),
            Map.entry("fail", 0.0)));

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
                        OutcomeMeasure.rate(JUDGED),
                        OutcomeMeasure.score(JUDGE_COST, 0, LARGEST_AMOUNT),
                        OutcomeMeasure.rate("answered"),
                        OutcomeMeasure.rate("well_formed"),
                        OutcomeMeasure.score("containment", 0, 1),
                        OutcomeMeasure.score("faithfulness", 0, 1),
                        OutcomeMeasure.score("groundedness", 0, 1),
                        OutcomeMeasure.score("correctness", 0, 1),
                        OutcomeMeasure.score("relevance", 0, 1),
                        OutcomeMeasure.score("coherence", 0, 1),
                        OutcomeMeasure.score("agreement", 0, 1),
                        OutcomeMeasure.score("similarity", 0, 1))
                .forEach(measure -> BY_NAME.put(measure.name(), measure));
    }

    private OutcomeCatalogue() {}

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

    /** The words that say yes or no. */
    static SortedSet<String> rateLabels() {
        return new TreeSet<>(RATE_LABELS.keySet());
    }
}
