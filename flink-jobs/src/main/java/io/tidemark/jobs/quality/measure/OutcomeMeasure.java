package io.tidemark.jobs.quality.measure;

/**
 * A kind of outcome that is measured.
 *
 * @param name name of the outcome, and of its measure where it has one only
 * @param kind how it is read
 * @param minimum smallest value that is taken
 * @param maximum largest value that is taken; sums are kept in parts of it
 */
public record OutcomeMeasure(String name, OutcomeKind kind, double minimum, double maximum) {

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
}
