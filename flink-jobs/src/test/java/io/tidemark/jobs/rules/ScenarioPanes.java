package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Total;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A shared scenario as the rows of its panes. */
final class ScenarioPanes {

    private final TreeMap<Long, Map<String, WindowRow>> panes = new TreeMap<>();

    static ScenarioPanes read(String name) throws IOException {
        ScenarioPanes scenario = new ScenarioPanes();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedData.file("data/scenarios/%s.csv.gz".formatted(name)))),
                StandardCharsets.UTF_8))) {
            List<String> header = Arrays.asList(lines.readLine().split(",", -1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                scenario.add(header, line.split(",", -1));
            }
        }
        return scenario;
    }

    private void add(List<String> header, String[] row) {
        long offset = Long.parseLong(row[header.indexOf("offset_ms")]);
        String tenant = row[header.indexOf("tenant")];
        String version = row[header.indexOf("model_version")] + " " + row[header.indexOf("prompt_version")];
        String intent = row[header.indexOf("intent")];
        boolean failed = row[header.indexOf("error")].equals("1");
        long start = offset - offset % Panes.PANE_MILLIS;
        count(Panes.row("all", null, null, null, start), failed);
        count(Panes.row("tenant", tenant, null, null, start), failed);
        count(Panes.row("version", null, version, null, start), failed);
        count(Panes.row("tenant_version", tenant, version, null, start), failed);
        count(Panes.row("tenant_version_intent", tenant, version, intent, start), failed);
    }

    private void count(WindowRow slice, boolean failed) {
        WindowRow row = panes.computeIfAbsent(slice.getWindowStart().toEpochMilli(), unused -> new TreeMap<>())
                .computeIfAbsent(SliceName.text(SliceName.of(slice)), unused -> slice);
        row.setRequests(row.getRequests() + 1);
        Total errors = row.getTotals().computeIfAbsent("errors", unused -> new Total(0L, 0L));
        errors.setKnown(errors.getKnown() + 1);
        errors.setValue(errors.getValue() + (failed ? 1 : 0));
    }

    /** Sends everything, pane after pane. */
    void replay(RulesRun run) throws Exception {
        for (Map.Entry<Long, Map<String, WindowRow>> pane : panes.entrySet()) {
            for (WindowRow row : pane.getValue().values()) {
                run.send(row);
            }
            run.timeIs(pane.getKey() + Panes.PANE_MILLIS - 1);
        }
        run.timeIs(Long.MAX_VALUE);
    }
}
