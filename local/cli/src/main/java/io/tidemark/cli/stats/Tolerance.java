package io.tidemark.cli.stats;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * By how much a number may differ from the wanted one.
 *
 * @param absolute at least 0
 * @param relative to the wanted number, at least 0
 */
record Tolerance(double absolute, double relative) {

    static Tolerance of(JsonNode testCase) {
        JsonNode tolerance = testCase.path("tolerance");
        return new Tolerance(
                tolerance.path("abs").asDouble(0), tolerance.path("rel").asDouble(0));
    }

    boolean admits(double wanted, double got) {
        if (!Double.isFinite(wanted)) {
            return Double.compare(wanted, got) == 0;
        }
        return Math.abs(got - wanted) <= absolute + relative * Math.abs(wanted);
    }
}
