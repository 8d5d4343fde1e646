package io.tidemark.jobs.drift.profile;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.jobs.drift.CellNames;
import io.tidemark.statistics.distance.BaselineBins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a profile from data that fits into memory. The edges are quantiles of a sample in which every tenant counts the same,
 * together with the quantiles of all: one set of edges lets slices be merged and compared with one another, and still
 * resolves tenants that are small.
 */
public final class ProfileBuilder {

    private static final int EVERY_TENANT_BINS = MeasureLayout.MAXIMUM_BINS / 2;
    private static final int QUANTILES_PER_TENANT = 256;

    private final Map<String, Rows> cells = new TreeMap<>();
    private long rows;

    /** Observations of one cell. */
    private static final class Rows {
        private final SliceRef slice;
        private final List<Map<String, Object>> values = new ArrayList<>();

        Rows(SliceRef slice) {
            this.slice = slice;
        }
    }

    /** Adds a trace: its built-in measures and its features. */
    public void add(Trace trace) {
        Map<String, Object> values = new HashMap<>();
        values.putAll(trace.getNumericFeatures());
        values.putAll(trace.getCategoricalFeatures());
        for (BuiltInMeasure measure : BuiltInMeasure.values()) {
            Object value = measure.of(trace);
            values.remove(measure.measureName());
            if (value != null) {
                values.put(measure.measureName(), value);
            }
        }
        add(CellNames.of(trace), values);
    }

    /**
     * Adds an observation.
     *
     * @param cell its cell
     * @param values numbers and texts by measure; an unknown value is left out
     */
    public void add(SliceRef cell, Map<String, Object> values) {
        rows++;
        cells.computeIfAbsent(SliceKey.of(cell), unused -> new Rows(cell))
                .values
                .add(values);
    }

    /** Observations so far. */
    public long rows() {
        return rows;
    }

    /** The profile of everything that was added. */
    public Profile build(Profile.ProfileHead head) {
        List<MeasureLayout> layouts = layouts();
        Profile profile = new Profile(head, layouts);
        for (Rows cell : cells.values()) {
            long[][] counts = new long[layouts.size()][];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = count(layouts.get(i), cell.values);
            }
            profile.put(new Profile.Cell(cell.slice, cell.values.size(), counts));
        }
        return profile;
    }

    private static long[] count(MeasureLayout layout, List<Map<String, Object>> rows) {
        long[] counts = new long[layout.size()];
        for (Map<String, Object> row : rows) {
            counts[layout.indexOf(row.get(layout.name()))]++;
        }
        return counts;
    }

    private List<MeasureLayout> layouts() {
        Map<String, long[]> types = new TreeMap<>();
        for (Rows cell : cells.values()) {
            for (Map<String, Object> row : cell.values) {
                row.forEach((name, value) ->
                        types.computeIfAbsent(name, unused -> new long[2])[value instanceof Number ? 0 : 1]++);
            }
        }
        List<MeasureLayout> layouts = new ArrayList<>();
        types.forEach((name, seen) -> {
            MeasureLayout layout = seen[0] >= seen[1] ? ofNumbers(name) : ofCategories(name);
            if (layout != null) {
                layouts.add(layout);
            }
        });
        return layouts;
    }

    /** Null when no number of the measure is finite. */
    private MeasureLayout ofNumbers(String name) {
        Map<String, double[]> byTenant = new LinkedHashMap<>();
        for (Rows cell : cells.values()) {
            double[] values = cell.values.stream()
                    .map(row -> row.get(name))
                    .filter(Number.class::isInstance)
                    .mapToDouble(value -> ((Number) value).doubleValue())
                    .filter(Double::isFinite)
                    .toArray();
            String tenant = String.valueOf(cell.slice.getTenant());
            byTenant.merge(tenant, values, ProfileBuilder::joined);
        }
        byTenant.values().removeIf(values -> values.length == 0);
        if (byTenant.isEmpty()) {
            return null;
        }
        DriftKind kind = BuiltInMeasure.kindOf(name);
        double[] all = byTenant.values().stream().reduce(new double[0], ProfileBuilder::joined);
        if (byTenant.size() == 1) {
            return MeasureLayout.ofNumbers(kind, name, edges(all, MeasureLayout.MAXIMUM_BINS));
        }
        double[] balanced =
                byTenant.values().stream().map(ProfileBuilder::quantiles).reduce(new double[0], ProfileBuilder::joined);
        double[] edges = joined(edges(all, EVERY_TENANT_BINS), edges(balanced, EVERY_TENANT_BINS));
        double[] distinct = Arrays.stream(edges).sorted().distinct().toArray();
        // both sets have the same ends, so that at most 2 * 17 - 2 edges remain
        return MeasureLayout.ofNumbers(kind, name, distinct);
    }

    private static double[] edges(double[] values, int bins) {
        return BaselineBins.ofQuantiles(values, bins).edges();
    }

    private static double[] quantiles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] quantiles = new double[QUANTILES_PER_TENANT];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = sorted[(int) ((long) i * (sorted.length - 1) / (quantiles.length - 1))];
        }
        return quantiles;
    }

    private static double[] joined(double[] left, double[] right) {
        double[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }

    private MeasureLayout ofCategories(String name) {
        Map<String, Long> counts = new HashMap<>();
        for (Rows cell : cells.values()) {
            for (Map<String, Object> row : cell.values) {
                Object value = row.get(name);
                if (value != null && !(value instanceof Number)) {
                    counts.merge(value.toString(), 1L, Long::sum);
                }
            }
        }
        List<String> known = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MeasureLayout.MAXIMUM_KNOWN_CATEGORIES)
                .map(Map.Entry::getKey)
                .toList();
        return MeasureLayout.ofCategories(BuiltInMeasure.kindOf(name), name, known);
    }
}
