package io.tidemark.jobs.drift.profile;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.statistics.distance.BaselineBins;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How the values of a measure are counted, frozen with a baseline. A number falls below the first edge, between two, or
 * above the last; a text is a known category, a rare one or a new one. Then come three counts for what has no place among them: missing,
 * not finite (numbers only), and a value of the other type.
 *
 * @param kind what the measure is about
 * @param name name of the measure
 * @param bins bins of a number; null for categories
 * @param categories known categories, the most frequent first; empty for a number. Those behind the first {@link
 *     #MAXIMUM_CATEGORIES} count as rare, together
 */
public record MeasureLayout(DriftKind kind, String name, BaselineBins bins, List<String> categories) {

    /** Most inner bins of a number: with them a slice's counts take at most 1 KiB, previous windows included. */
    public static final int MAXIMUM_BINS = 32;

    /** Most categories that are counted apart. */
    public static final int MAXIMUM_CATEGORIES = 96;

    /** Most categories that are known. */
    public static final int MAXIMUM_KNOWN_CATEGORIES = 4_096;

    private static final int RARE_AND_NEW = 2;

    private static final int ODD_COUNTS = 3;

    public MeasureLayout {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(name, "name is null");
        categories = List.copyOf(categories);
        if (bins == null && categories.isEmpty() || bins != null && !categories.isEmpty()) {
            throw new IllegalArgumentException("measure '%s' must have either bins or categories".formatted(name));
        }
        if (bins != null && bins.edges().length > MAXIMUM_BINS + 1 || categories.size() > MAXIMUM_KNOWN_CATEGORIES) {
            throw new IllegalArgumentException("measure '%s' has %d edges and %d categories, at most %d and %d are kept"
                    .formatted(
                            name,
                            bins == null ? 0 : bins.edges().length,
                            categories.size(),
                            MAXIMUM_BINS + 1,
                            MAXIMUM_KNOWN_CATEGORIES));
        }
    }

    /** A measure of numbers. */
    public static MeasureLayout ofNumbers(DriftKind kind, String name, double[] edges) {
        return new MeasureLayout(kind, name, new BaselineBins(edges), List.of());
    }

    /** A measure of categories. */
    public static MeasureLayout ofCategories(DriftKind kind, String name, List<String> categories) {
        return new MeasureLayout(kind, name, null, categories);
    }

    /** Whether it counts categories. */
    public boolean isCategorical() {
        return bins == null;
    }

    /** How many of the counts are of values that are what they should be: all bins, or all categories, rare and new ones too. */
    public int places() {
        return isCategorical() ? countedApart() + RARE_AND_NEW : bins.missing();
    }

    private int countedApart() {
        return Math.min(categories.size(), MAXIMUM_CATEGORIES);
    }

    /** Whether every category of the baseline is known, so that another one is new. */
    public boolean knowsEveryCategory() {
        return categories.size() < MAXIMUM_KNOWN_CATEGORIES;
    }

    /** Number of counts. */
    public int size() {
        return places() + ODD_COUNTS;
    }

    /** Index of the missing values. */
    public int missing() {
        return places();
    }

    /** Index of numbers that are not finite. */
    public int notFinite() {
        return places() + 1;
    }

    /** Index of values of the other type. */
    public int otherType() {
        return places() + 2;
    }

    /** Index of the categories that are not known. */
    public int newCategory() {
        return countedApart() + 1;
    }

    /** Index of a category by its place in the list of known ones; negative for one that is not known. */
    public int indexOfCategory(int place) {
        return place < 0 ? newCategory() : Math.min(place, countedApart());
    }

    /** Index of a number. */
    public int indexOf(double value) {
        if (isCategorical()) {
            return otherType();
        }
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            return notFinite();
        }
        double[] edges = bins.edges();
        int above = 0;
        int length = edges.length;
        // number of edges at or below the value, without a branch that can be mispredicted
        while (length > 0) {
            int half = (length + 1) >>> 1;
            above += edges[above + half - 1] <= value ? half : 0;
            length -= half;
        }
        return above == edges.length && value == edges[edges.length - 1] ? places() - 2 : above(above, edges.length);
    }

    /** With one edge only, "above" is two bins after "below". */
    private int above(int edgesBelow, int edges) {
        return edgesBelow == edges ? places() - 1 : edgesBelow;
    }

    /** Index of a text. */
    public int indexOf(String value) {
        if (!isCategorical()) {
            return otherType();
        }
        return indexOfCategory(categories.indexOf(value));
    }

    /** Index of a number, a text, or null for a missing value. */
    public int indexOf(Object value) {
        if (value == null) {
            return missing();
        }
        return value instanceof Number number ? indexOf(number.doubleValue()) : indexOf(value.toString());
    }

    /** Name of a bin or category, for people. */
    public String placeName(int place) {
        if (isCategorical()) {
            return place < countedApart() ? categories.get(place) : place == newCategory() ? "(new)" : "(rare)";
        }
        double[] edges = bins.edges();
        if (place == 0) {
            return "below " + number(edges[0]);
        }
        if (place == places() - 1) {
            return "above " + number(edges[edges.length - 1]);
        }
        return edges.length == 1 ? number(edges[0]) : range(edges[place - 1], edges[place]);
    }

    /** Name of neighbouring bins. */
    public String placesName(int first, int last) {
        if (isCategorical() || first == last) {
            return placeName(first);
        }
        double[] edges = bins.edges();
        if (first == 0) {
            return last >= places() - 2 ? "any" : "below " + number(edges[Math.min(last, edges.length - 1)]);
        }
        return last == places() - 1
                ? "from " + number(edges[first - 1])
                : range(edges[first - 1], edges[Math.min(last, edges.length - 1)]);
    }

    private static String range(double from, double to) {
        return number(from) + " to " + number(to);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
