package io.tidemark.jobs.quality.measure;

import java.util.Comparator;

/**
 * Which cohort of a slice.
 *
 * @param dayMillis start of the day of the inferences, milliseconds since the epoch
 * @param ageDays label age; 0 for what is known with the inference
 * @param unit inference or session
 * @param measure measure, or table
 * @param category class, judge or reason; empty without one
 */
public record CohortName(long dayMillis, int ageDays, String unit, String measure, String category) {

    /** By day, then in the order of the text. */
    public static final Comparator<CohortName> ORDER =
            Comparator.comparingLong(CohortName::dayMillis).thenComparing(CohortName::text);

    private static final int PARTS = 5;

    /** As one text: equal names have equal texts. */
    public String text() {
        return dayMillis + "|" + ageDays + "|" + unit + "|" + measure + "|" + category;
    }

    /** Reads {@link #text()}. */
    public static CohortName parse(String text) {
        String[] parts = text.split("\\|", PARTS);
        return new CohortName(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2], parts[3], parts[4]);
    }

    /** The cohort that coverage refers to: all sampled units of the day. */
    public CohortName population() {
        return new CohortName(dayMillis, 0, unit, QualityMeasures.POPULATION, "");
    }

    /** The cohort that says for how many units the measure is known: classes and tables know as many as accuracy. */
    public CohortName known() {
        return switch (measure) {
            case QualityMeasures.PRECISION,
                    QualityMeasures.RECALL,
                    QualityMeasures.CALIBRATION,
                    QualityMeasures.SCORES -> new CohortName(dayMillis, ageDays, unit, QualityMeasures.ACCURACY, "");
            default -> this;
        };
    }
}
