package io.tidemark.statistics.distance;

import io.tidemark.statistics.error.InputChecks;

/** What every distance of raw samples asks of its two sides. */
final class SampleChecks {

    private SampleChecks() {}

    static void check(double[] baseline, double[] current) {
        InputChecks.finite("baseline", baseline);
        InputChecks.finite("current", current);
        InputChecks.atLeast("number of baseline values", baseline.length, 1);
        InputChecks.atLeast("number of current values", current.length, 1);
    }
}
