package io.tidemark.contracts.outcome;

import java.util.regex.Pattern;

/**
 * A kind of outcome that is measured.
 *
 * @param name name of the outcome, and of its measure where it has one only
 * @param kind how it is read
 * @param minimum smallest value that is taken
 * @param maximum largest value that is taken; sums are kept in parts of it
 */
public record OutcomeMeasure(String name, OutcomeKind kind, double minimum, double maximum) {

    private static final String NUMBERS = "\\s*([0-9]+(\\.[0-9]+)?\\s*(,\\s*[0-9]+(\\.[0-9]+)?\\s*)*)?";
    private static final Pattern GRADES = Pattern.compile(NUMBERS + "(\\|" + NUMBERS + ")?");

    static OutcomeMeasure rate(String name) {
        return new OutcomeMeasure(name, OutcomeKind.RATE, 0, 1);
    }

    static OutcomeMeasure score(String name, double minimum, double maximum) {
        return new OutcomeMeasure(name, OutcomeKind.SCORE, minimum, maximum);
    }

    /** Whether a value lies in the range; false for one that is no number. */
    public boolean takes(double value) {
        return value >= minimum && value <= maximum && (kind != OutcomeKind.RATE || value == 0 || value == 1);
    }

    /** The number that an outcome brings: its value, or what its label says; NaN when it brings none. */
    public double valueOf(Double value, String label) {
        return switch (kind) {
            case RATE -> value == null ? OutcomeCatalogue.rateOf(label) : value;
            case SCORE -> value == null ? Double.NaN : value;
            case CLASS, RANKING -> Double.NaN;
        };
    }

    /** Whether an outcome brings what the measure needs. */
    public boolean accepts(Double value, String label) {
        return switch (kind) {
            case RATE, SCORE -> takes(valueOf(value, label));
            case CLASS -> label != null && !label.isBlank();
            case RANKING -> label != null && GRADES.matcher(label).matches();
        };
    }

    /** What is taken, to be read after the word "must". */
    public String rule() {
        return switch (kind) {
            case RATE -> "be the value 0 or 1, or one of the labels " + OutcomeCatalogue.rateLabels();
            case SCORE -> "be a value in [%s, %s]".formatted(number(minimum), number(maximum));
            case CLASS -> "be a label that is not empty";
            case RANKING -> "be a label with the grades in the order shown, for example 3,0,2|1";
        };
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
