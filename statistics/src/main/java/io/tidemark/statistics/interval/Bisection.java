package io.tidemark.statistics.interval;

import java.util.function.DoublePredicate;

/** Finds where a condition begins to hold, to neighbouring doubles. */
final class Bisection {

    private Bisection() {}

    /**
     * Smallest value of (0, upper) from which on the condition holds, given that it holds near {@code upper}, which is at
     * most 1. Zero is approached by halving, so that tiny values keep all their digits.
     */
    static double smallestAbove(DoublePredicate condition, double upper) {
        double fails = 0;
        double holds = upper;
        while (true) {
            double middle = (fails + holds) / 2;
            if (middle <= fails || middle >= holds) {
                return holds;
            }
            if (condition.test(middle)) {
                holds = middle;
            } else {
                fails = middle;
            }
        }
    }
}
