package io.tidemark.jobs.windows;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.statistics.histogram.LogGrid;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the windows of some traces must hold, computed plainly: a map of what was counted, by slice and window. */
final class WindowOracle {

    private static final List<Integer> SECONDS = List.of(10, 60, 300, 1_800, 3_600, 86_400);

    private final Map<String, TreeMap<String, Long>> windows = new TreeMap<>();

    static Map<String, TreeMap<String, Long>> of(Collection<Trace> traces) {
        WindowOracle oracle = new WindowOracle();
        traces.forEach(oracle::add);
        return oracle.windows;
    }

    private void add(Trace trace) {
        String version = VersionTuple.from(trace.getVersion()).versionId();
        String tenant = trace.getTenant();
        String key = trace.getProvider() + "|" + trace.getProviderKeyId();
        add(trace, "all", "", "", "", "|");
        add(trace, "version", "", version, "", "|");
        add(trace, "tenant", tenant, "", "", "|");
        add(trace, "tenant_version", tenant, version, "", "|");
        add(trace, "tenant_version_intent", tenant, version, trace.getIntent(), "|");
        add(trace, "provider_key", "", "", "", key);
        add(trace, "tenant_provider_key", tenant, "", "", key);
    }

    private void add(Trace trace, String level, String tenant, String version, String intent, String key) {
        long micros = ChronoUnit.MICROS.between(java.time.Instant.EPOCH, trace.getEventTime());
        for (int seconds : SECONDS) {
            long start = micros - Math.floorMod(micros, seconds * 1_000_000L);
            String name = String.join("|", level, trace.getRole().name(), tenant, version, intent, key) + "|" + seconds
                    + "|" + start;
            count(trace, windows.computeIfAbsent(name, unused -> new TreeMap<>()));
        }
    }

    private static void count(Trace trace, TreeMap<String, Long> window) {
        window.merge("requests", 1L, Long::sum);
        window.merge("errors", trace.getStatus() == InferenceStatus.ERROR ? 1L : 0L, Long::sum);
        window.merge("errors_5xx", trace.getStatus() == InferenceStatus.ERROR ? 1L : 0L, Long::sum);
        window.merge("refusals", trace.getRefused() ? 1L : 0L, Long::sum);
        distribution("input_tokens", trace.getInputTokens(), 1, window);
        distribution("output_tokens", trace.getOutputTokens(), 1, window);
        if (trace.getTtftMicros() != null) {
            distribution("ttft", trace.getTtftMicros(), 1_000, window);
        }
        if (trace.getVersion().getBaseModel().equals("gpt-4o")) {
            // 2.50 USD for a million input tokens, 10 USD for a million output tokens
            distribution("cost_nano_usd", trace.getInputTokens() * 2_500 + trace.getOutputTokens() * 10_000, 1, window);
        }
    }

    private static void distribution(String name, long value, double scale, TreeMap<String, Long> window) {
        window.merge(name + " known", 1L, Long::sum);
        window.merge(name + " sum", value, Long::sum);
        window.merge(name + " min", value, Math::min);
        window.merge(name + " max", value, Math::max);
        window.merge(name + " bucket " + LogGrid.index(value / scale), 1L, Long::sum);
    }

    /** The same facts, read from rows. */
    static Map<String, TreeMap<String, Long>> read(Collection<WindowRow> rows) {
        Map<String, TreeMap<String, Long>> windows = new TreeMap<>();
        rows.forEach(row -> windows.put(name(row), facts(row)));
        return windows;
    }

    static String name(WindowRow row) {
        long start = ChronoUnit.MICROS.between(java.time.Instant.EPOCH, row.getWindowStart());
        return String.join(
                        "|",
                        row.getSliceLevel(),
                        row.getRole().name(),
                        text(row.getTenant()),
                        text(row.getVersionId()),
                        text(row.getIntent()),
                        text(row.getProvider()),
                        text(row.getProviderKeyId()))
                + "|" + row.getWindowSeconds() + "|" + start;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static TreeMap<String, Long> facts(WindowRow row) {
        TreeMap<String, Long> facts = new TreeMap<>();
        facts.put("requests", row.getRequests());
        List.of("errors", "errors_5xx", "refusals")
                .forEach(name -> facts.put(name, row.getTotals().get(name).getValue()));
        for (String name : List.of("input_tokens", "output_tokens", "ttft", "cost_nano_usd")) {
            var distribution = row.getDistributions().get(name);
            if (distribution != null) {
                facts.put(name + " known", distribution.getKnown());
                facts.put(name + " sum", distribution.getSum());
                facts.put(name + " min", distribution.getMin());
                facts.put(name + " max", distribution.getMax());
                for (int i = 0; i < distribution.getIndexes().size(); i++) {
                    facts.put(
                            name + " bucket " + distribution.getIndexes().get(i),
                            distribution.getCounts().get(i));
                }
            }
        }
        return facts;
    }
}
