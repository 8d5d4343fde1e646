package io.tidemark.jobs.rules;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.Total;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.statistics.histogram.LogHistogram;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.stream.DoubleStream;

/** Rows of panes for tests. */
public final class Panes {

    public static final long PANE_MILLIS = 10_000;

    private Panes() {}

    /** The row of a slice without measures yet. */
    public static WindowRow row(String level, String tenant, String prompt, String intent, long startMillis) {
        WindowRow row = WindowRow.newBuilder()
                .setSliceLevel(level)
                .setTenant(tenant)
                .setIntent(intent)
                .setRole(TrafficRole.PRODUCTION)
                .setWindowStart(Instant.ofEpochMilli(startMillis))
                .setWindowSeconds(10)
                .setTotals(new HashMap<>())
                .setDistributions(new HashMap<>())
                .build();
        if (prompt != null) {
            row.setVersion(VersionTupleRecord.newBuilder().setPrompt(prompt).build());
            row.setVersionId(new VersionTuple("m", "none", prompt, "none", "none", "none", "none").versionId());
        }
        return row;
    }

    /** The row of a tenant. */
    public static WindowRow tenant(String tenant, long startMillis) {
        return row("tenant", tenant, null, null, startMillis);
    }

    /** Adds calls, some of which count under a measure. */
    public static WindowRow count(WindowRow row, String measure, long counted, long calls) {
        row.setRequests(Math.max(row.getRequests(), calls));
        row.setRevision(row.getRequests());
        row.getTotals().put(measure, new Total(calls, counted));
        return row;
    }

    /** Adds the values of a distribution, in its unit. */
    public static WindowRow values(WindowRow row, String measure, long scale, double... values) {
        LogHistogram histogram = LogHistogram.of(values);
        row.setRequests(Math.max(row.getRequests(), values.length));
        row.getDistributions()
                .put(
                        measure,
                        Distribution.newBuilder()
                                .setKnown(values.length)
                                .setSum(Math.round(DoubleStream.of(values).sum() * scale))
                                .setIndexes(Arrays.stream(histogram.indexes())
                                        .boxed()
                                        .toList())
                                .setCounts(Arrays.stream(histogram.counts())
                                        .boxed()
                                        .toList())
                                .build());
        return row;
    }
}
