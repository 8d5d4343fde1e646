package io.tidemark.jobs.drift;

import io.tidemark.statistics.multiplicity.BenjaminiHochberg;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The control of false discoveries over all drift tests of one tick: one family for each window length and reference,
 * over all slices, measures and kinds. A tenant's tests are not a family of their own, or a thousand tenants would bring a thousand
 * error budgets.
 */
final class Discoveries {

    private Discoveries() {}

    private record Family(int windowSeconds, boolean previousWindow) {}

    /** The adjusted p-value of each known test; tests without a result have none. */
    static Map<DriftTest, Double> adjusted(List<DriftTest> tick) {
        Map<Family, List<DriftTest>> families = new LinkedHashMap<>();
        for (DriftTest test : tick) {
            if (test.own().isKnown()) {
                Family family = new Family(test.windowSeconds(), test.isAgainstPreviousWindow());
                families.computeIfAbsent(family, unused -> new ArrayList<>()).add(test);
            }
        }
        Map<DriftTest, Double> adjusted = new IdentityHashMap<>();
        for (List<DriftTest> family : families.values()) {
            double[] values = BenjaminiHochberg.adjusted(
                    family.stream().mapToDouble(test -> test.own().pValue()).toArray());
            for (int i = 0; i < values.length; i++) {
                adjusted.put(family.get(i), values[i]);
            }
        }
        return adjusted;
    }
}
