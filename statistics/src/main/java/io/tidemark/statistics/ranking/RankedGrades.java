package io.tidemark.statistics.ranking;

import io.tidemark.statistics.error.InputChecks;
import java.util.Arrays;

/**
 * Relevance grades of one ranked list, and what measures of ranking quality say about its first places.
 *
 * <p>K. Jarvelin, J. Kekalainen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002,
 * doi:10.1145/582415.582418, with the gain {@code 2^grade - 1} of C. Burges et al., ICML 2005. Average precision counts
 * every relevant item that exists, returned or not, up to the number of places.
 *
 * @param returned grade of each item in the order of the ranking, at least 0; 0 is irrelevant
 * @param missed grades above 0 of items that should have been returned and were not
 * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT or NEGATIVE_COUNT
 */
@SuppressWarnings("ArrayRecordComponent") // a value to ask questions of, never compared
public record RankedGrades(double[] returned, double[] missed) {

    public RankedGrades {
        InputChecks.counts("returned", returned);
        InputChecks.counts("missed", missed);
    }

    /** Whether there is anything relevant to be found; without it no measure is defined. */
    public boolean hasRelevant() {
        return Arrays.stream(returned).anyMatch(grade -> grade > 0)
                || Arrays.stream(missed).anyMatch(grade -> grade > 0);
    }

    /** Normalised discounted cumulative gain of the first places, in [0, 1]; INSUFFICIENT_DATA without a relevant item. */
    public double normalisedGain(int places) {
        return gain(returned, checked(places)) / gain(ideal(), places);
    }

    /** Average precision of the first places, in [0, 1]; INSUFFICIENT_DATA without a relevant item. */
    public double averagePrecision(int places) {
        checked(places);
        int hits = 0;
        double sum = 0;
        for (int i = 0; i < Math.min(places, returned.length); i++) {
            if (returned[i] > 0) {
                hits++;
                sum += hits / (i + 1.0);
            }
        }
        return sum / Math.min(places, relevant(returned) + relevant(missed));
    }

    /** One over the place of the first relevant item; 0 when none is in the first places. */
    public double reciprocalRank(int places) {
        checked(places);
        for (int i = 0; i < Math.min(places, returned.length); i++) {
            if (returned[i] > 0) {
                return 1 / (i + 1.0);
            }
        }
        return 0;
    }

    /** Share of the relevant items that are in the first places, in [0, 1]; INSUFFICIENT_DATA without one. */
    public double recall(int places) {
        double[] first = Arrays.copyOf(returned, Math.min(checked(places), returned.length));
        return relevant(first) / (double) (relevant(returned) + relevant(missed));
    }

    private int checked(int places) {
        InputChecks.atLeast("places", places, 1);
        InputChecks.atLeast("relevant items", relevant(returned) + relevant(missed), 1);
        return places;
    }

    private double[] ideal() {
        double[] all = Arrays.copyOf(returned, returned.length + missed.length);
        System.arraycopy(missed, 0, all, returned.length, missed.length);
        double[] descending = Arrays.stream(all)
                .map(grade -> -grade)
                .sorted()
                .map(grade -> -grade)
                .toArray();
        return descending;
    }

    private static double gain(double[] grades, int places) {
        double sum = 0;
        for (int i = 0; i < Math.min(places, grades.length); i++) {
            sum += (Math.pow(2, grades[i]) - 1) / (Math.log(i + 2) / Math.log(2));
        }
        return sum;
    }

    private static int relevant(double[] grades) {
        return (int) Arrays.stream(grades).filter(grade -> grade > 0).count();
    }
}
