package io.tidemark.jobs.quality;

import io.tidemark.jobs.quality.join.Learned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The same measures from all data at once, with nothing in common with the job: lists, loops, division. */
final class BatchOracle {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final List<LateLabels> data;

    BatchOracle(List<LateLabels> data) {
        this.data = data;
    }

    /**
     * An answer.
     *
     * @param n inferences that it rests on
     * @param estimate share of right ones; NaN without any
     * @param population inferences of the day
     * @param labelled inferences of the day with a label
     */
    record Answer(long n, double estimate, long population, long labelled) {}

    Answer ask(
            Predicate<LateLabels> slice,
            long dayMillis,
            int ageDays,
            String measure,
            String category,
            long asOfMillis) {
        long asOf = asOfMillis * 1_000;
        long population = 0;
        long labelled = 0;
        long n = 0;
        long right = 0;
        for (LateLabels each : data) {
            long event = each.prediction().eventMicros();
            if (!slice.test(each) || event / 1_000 / 86_400_000 * 86_400_000 != dayMillis || event >= asOf) {
                continue;
            }
            population++;
            Learned label = labelAt(each, ageDays, asOf);
            if (label == null) {
                continue;
            }
            labelled++;
            String answer = each.prediction().answer();
            boolean counts = measure.equals("accuracy")
                    || measure.equals("precision") && answer.equals(category)
                    || measure.equals("recall") && label.label().equals(category);
            n += counts ? 1 : 0;
            right += counts && answer.equals(label.label()) ? 1 : 0;
        }
        return new Answer(n, n == 0 ? Double.NaN : (double) right / n, population, labelled);
    }

    private static Learned labelAt(LateLabels each, int ageDays, long asOf) {
        List<Learned> known = new ArrayList<>(each.labels());
        known.removeIf(label -> label.observedMicros() >= asOf
                || label.observedMicros() - each.prediction().eventMicros() > ageDays * DAY_MICROS);
        return known.stream()
                .max(Comparator.comparingLong(Learned::observedMicros))
                .orElse(null);
    }
}
