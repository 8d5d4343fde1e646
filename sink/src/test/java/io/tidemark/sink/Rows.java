package io.tidemark.sink;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.Total;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.statistics.histogram.LogHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Window rows for tests: three hours, two tenants, two versions, of which the second is slow and fails often. */
public final class Rows {

    private static final String LIMITED_KEY = "key-1";

    private Rows() {}

    /** Rows of every level that the views read. */
    public static List<WindowRow> all() {
        List<WindowRow> rows = new ArrayList<>();
        for (int seconds : List.of(60, 3_600)) {
            for (int window = 0; window < 3; window++) {
                for (TrafficRole role : List.of(TrafficRole.PRODUCTION, TrafficRole.SHADOW)) {
                    addWindow(rows, seconds, window, role);
                }
            }
        }
        return rows;
    }

    private static void addWindow(List<WindowRow> rows, int seconds, int window, TrafficRole role) {
        rows.add(row("all", seconds, window, role, false));
        for (int version = 0; version < 2; version++) {
            WindowRow byVersion = row("version", seconds, window, role, version == 1);
            setVersion(byVersion, version);
            rows.add(byVersion);
            for (String tenant : List.of("acme", "globex")) {
                WindowRow row = row("tenant_version", seconds, window, role, version == 1);
                row.setTenant(tenant);
                setVersion(row, version);
                rows.add(row);
            }
        }
        for (String tenant : List.of("acme", "globex")) {
            WindowRow row = row("tenant", seconds, window, role, tenant.equals("globex"));
            row.setTenant(tenant);
            rows.add(row);
        }
        WindowRow key = row("provider_key", seconds, window, role, false);
        key.setProvider("provider");
        key.setProviderKeyId(LIMITED_KEY);
        key.setTokensPerMinuteLimit(15_000L);
        key.setRequestsPerMinuteLimit(1_000L);
        rows.add(key);
    }

    private static void setVersion(WindowRow row, int version) {
        row.setVersion(Samples.version(version).toAvro());
        row.setVersionId(Samples.version(version).versionId());
    }

    /** A row of 100 requests, 90 of which tell their latency. */
    public static WindowRow row(String level, int seconds, int window, TrafficRole role, boolean bad) {
        Map<String, Total> totals = new HashMap<>();
        totals.put("errors", new Total(100L, bad ? 20L : 1L));
        totals.put("refusals", new Total(50L, 5L));
        totals.put("fallbacks", new Total(100L, 0L));
        totals.put("jailbreaks", new Total(0L, 0L));
        totals.put("rate_limited", new Total(100L, 2L));
        totals.put("cached_tokens", new Total(80L, 800L));
        totals.put("a_measure_of_tomorrow", new Total(1L, 1L));
        double slow = bad ? 3 : 1;
        Map<String, Distribution> distributions = new HashMap<>();
        distributions.put(
                "end_to_end", distribution(1_000, IntStream.rangeClosed(1, 90).mapToDouble(i -> i * 10 * slow)));
        distributions.put(
                "ttft", distribution(1_000, IntStream.rangeClosed(1, 90).mapToDouble(i -> i * slow)));
        distributions.put(
                "input_tokens", distribution(1, IntStream.rangeClosed(1, 100).mapToDouble(i -> 100)));
        distributions.put(
                "output_tokens", distribution(1, IntStream.rangeClosed(1, 100).mapToDouble(i -> 20)));
        distributions.put(
                "cost_nano_usd", distribution(1, IntStream.rangeClosed(1, 50).mapToDouble(i -> 2_000_000)));
        return WindowRow.newBuilder()
                .setSliceLevel(level)
                .setRole(role)
                .setWindowStart(Samples.START.plusSeconds((long) window * seconds))
                .setWindowSeconds(seconds)
                .setRevision(100)
                .setFinal$(true)
                .setRequests(100)
                .setTotals(totals)
                .setDistributions(distributions)
                .build();
    }

    private static Distribution distribution(long scale, DoubleStream values) {
        double[] all = values.toArray();
        LogHistogram histogram = LogHistogram.of(all);
        return new Distribution(
                (long) all.length,
                (long) (DoubleStream.of(all).sum() * scale),
                (long) (DoubleStream.of(all).min().orElseThrow() * scale),
                (long) (DoubleStream.of(all).max().orElseThrow() * scale),
                IntStream.of(histogram.indexes()).boxed().toList(),
                LongStream.of(histogram.counts()).boxed().toList());
    }
}
