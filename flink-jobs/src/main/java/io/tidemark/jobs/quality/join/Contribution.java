package io.tidemark.jobs.quality.join;

import io.tidemark.contracts.outcome.OutcomeCatalogue;
import io.tidemark.contracts.outcome.OutcomeMeasure;
import io.tidemark.jobs.quality.measure.Cohort;
import io.tidemark.jobs.quality.measure.Findings;
import io.tidemark.jobs.quality.measure.QualityMeasures;
import io.tidemark.statistics.ranking.RankedGrades;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one outcome of one inference adds to one measure.
 *
 * @param measure measure
 * @param category class or judge; empty without one
 * @param bin bin of a table, or {@link Cohort#MEAN}
 * @param part value in the unit of the measure's sums
 */
record Contribution(String measure, String category, int bin, double part) {

    private static final int PLACES = 10;

    /** What is known with the inference itself. */
    static List<Contribution> of(Prediction prediction, String positiveClass) {
        List<Contribution> parts = new ArrayList<>();
        parts.add(mean(QualityMeasures.POPULATION, "", 1));
        if (prediction.schemaValid() >= 0) {
            parts.add(mean(QualityMeasures.SCHEMA_VALID, "", prediction.schemaValid()));
        }
        if (!Double.isNaN(prediction.confidence())) {
            parts.add(mean(QualityMeasures.EXPECTED_ACCURACY, "", prediction.confidence()));
        }
        if (!positiveClass.isEmpty() && !prediction.answer().isEmpty()) {
            parts.add(mean(
                    QualityMeasures.SELECTION_RATE,
                    positiveClass,
                    is(prediction.answer().equals(positiveClass))));
        }
        return parts;
    }

    /** What an outcome says about its inference; nothing when the inference made no prediction to compare with. */
    static List<Contribution> of(Learned learned, Prediction prediction, String positiveClass) {
        OutcomeMeasure measure = OutcomeCatalogue.outcome(learned.name());
        return switch (measure.kind()) {
            case RATE, SCORE ->
                List.of(mean(
                        measure.name(), learned.category(), learned.value() / QualityMeasures.scale(measure.name())));
            case CLASS ->
                prediction.answer().isEmpty() ? List.of() : classes(learned.label(), prediction, positiveClass);
            case RANKING -> ranking(grades(learned.label()));
        };
    }

    private static List<Contribution> classes(String label, Prediction prediction, String positiveClass) {
        String answer = prediction.answer();
        int right = is(answer.equals(label));
        List<Contribution> parts = new ArrayList<>();
        parts.add(mean(QualityMeasures.ACCURACY, "", right));
        parts.add(mean(QualityMeasures.PRECISION, answer, right));
        parts.add(mean(QualityMeasures.RECALL, label, right));
        if (!Double.isNaN(prediction.confidence())) {
            parts.add(new Contribution(QualityMeasures.CALIBRATION, "", bin(prediction.confidence()), right));
            if (!positiveClass.isEmpty()) {
                double score = answer.equals(positiveClass) ? prediction.confidence() : 1 - prediction.confidence();
                parts.add(new Contribution(
                        QualityMeasures.SCORES, positiveClass, bin(score), is(label.equals(positiveClass))));
            }
        }
        return parts;
    }

    private static List<Contribution> ranking(RankedGrades grades) {
        return List.of(
                mean(QualityMeasures.NDCG, "", grades.normalisedGain(PLACES)),
                mean("map_at_10", "", grades.averagePrecision(PLACES)),
                mean("mrr_at_10", "", grades.reciprocalRank(PLACES)),
                mean("recall_at_10", "", grades.recall(PLACES)));
    }

    /**
     * Reads {@code 3,0,2|1,1}: grades in the order of the ranking, and behind the bar those of relevant items that it missed.
     *
     * @return null when the text is something else, or nothing is relevant
     */
    static RankedGrades grades(String text) {
        String[] sides = text.split("\\|", -1);
        try {
            RankedGrades grades =
                    new RankedGrades(numbers(sides[0]), sides.length > 1 ? numbers(sides[1]) : new double[0]);
            return sides.length <= 2 && grades.hasRelevant() ? grades : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static double[] numbers(String list) {
        return list.isBlank()
                ? new double[0]
                : Arrays.stream(list.split(",", -1))
                        .mapToDouble(each -> Double.parseDouble(each.strip()))
                        .toArray();
    }

    private static int bin(double confidence) {
        return (int) Math.round(confidence * Findings.RESOLUTION);
    }

    private static Contribution mean(String measure, String category, double part) {
        return new Contribution(measure, category, Cohort.MEAN, part);
    }

    private static int is(boolean condition) {
        return condition ? 1 : 0;
    }
}
