package io.tidemark.jobs.canary;

import java.util.Arrays;

/**
 * What a session did in a pane. Whatever it did more than once counts once: a router assigns the session as a whole, so
 * its calls are no independent trials.
 */
final class Unit {

    /** Index of a value that no call of the unit had. */
    static final int NO_VALUE = Integer.MIN_VALUE;

    /** For each rate, a bit: whether a call told. */
    int known;

    /** For each rate, a bit: whether it held for a call. */
    int bad;

    /** For each kind of value, index of the highest bucket on the log grid. */
    final int[] highest = new int[Cell.VALUES.size()];

    Unit() {
        Arrays.fill(highest, NO_VALUE);
    }

    void add(Unit other) {
        known |= other.known;
        bad |= other.bad;
        for (int i = 0; i < highest.length; i++) {
            highest[i] = Math.max(highest[i], other.highest[i]);
        }
    }

    boolean isKnown(int rate) {
        return (known >> rate & 1) != 0;
    }

    boolean isBad(int rate) {
        return (bad >> rate & 1) != 0;
    }
}
