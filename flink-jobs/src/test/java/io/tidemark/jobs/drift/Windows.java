package io.tidemark.jobs.drift;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.drift.MeasureBook.Closed;
import io.tidemark.jobs.drift.MeasureBook.Entry;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.jobs.drift.profile.Profile;
import io.tidemark.jobs.drift.profile.ProfileBuilder;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.registry.TrustedRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Windows against a baseline without Flink: rows by cell in, decisions out. */
final class Windows {

    static final SliceLattice LATTICE = SliceLattice.parse(DriftConfig.LEVELS_STANDARD);
    static final DriftPolicy POLICY = new DriftPolicy(0.01, 0.04, Duration.ofDays(1));

    static {
        TrustedRecords.register();
    }

    private Windows() {}

    static SliceRef cell(String tenant) {
        return cell(tenant, "p1");
    }

    static SliceRef cell(String tenant, String prompt) {
        return CellNames.of(tenant, version(prompt), TrafficRole.PRODUCTION);
    }

    static VersionTuple version(String prompt) {
        return new VersionTuple("base", "none", prompt, "none", "none", "none", "none");
    }

    static Profile.ProfileHead head(String id) {
        return new Profile.ProfileHead(
                id,
                BaselineSource.TRAINING_FILE,
                "test",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                "test");
    }

    static Profile profile(Map<SliceRef, List<Map<String, Object>>> rows) {
        ProfileBuilder builder = new ProfileBuilder();
        rows.forEach((cell, values) -> values.forEach(row -> builder.add(cell, row)));
        return builder.build(head("b1"));
    }

    /** The decisions on every measure of a profile in one window of so many seconds. */
    static List<DriftDecision> decide(Profile profile, Map<SliceRef, List<Map<String, Object>>> rows, int seconds) {
        List<DriftTest> tick = new ArrayList<>();
        for (MeasureLayout layout : profile.layouts()) {
            Map<SliceRef, long[]> counts = new LinkedHashMap<>();
            rows.forEach((cell, values) -> {
                long[] cellCounts = new long[layout.size()];
                values.forEach(row -> cellCounts[layout.indexOf(row.get(layout.name()))]++);
                counts.put(cell, cellCounts);
            });
            tick.addAll(tests(profile, layout.name(), counts, seconds));
        }
        return decide(tick);
    }

    /** A book in which a profile is in force. */
    static BaselineBook book(Profile profile) {
        BaselineBook book = new BaselineBook();
        book.add(BaselineRecords.of(profile, BaselineState.ACTIVE));
        return book;
    }

    static List<DriftTest> tests(Profile profile, String measure, Map<SliceRef, long[]> counts, int seconds) {
        return tests(book(profile), profile, measure, counts, seconds);
    }

    static List<DriftTest> tests(
            BaselineBook book, Profile profile, String measure, Map<SliceRef, long[]> counts, int seconds) {
        List<Entry> cells = counts.entrySet().stream()
                .map(cell -> new Entry(profile.head().id(), cell.getKey(), cell.getValue()))
                .toList();
        return new WindowTests(measure, LATTICE).of(new Closed(0, seconds, cells, Optional.empty()), book);
    }

    /** What the gate does with a tick. */
    static List<DriftDecision> decide(List<DriftTest> tick) {
        DriftHierarchy hierarchy = new DriftHierarchy(POLICY, Discoveries.adjusted(tick));
        Map<String, List<DriftTest>> comparable = new LinkedHashMap<>();
        tick.forEach(test -> comparable
                .computeIfAbsent(DriftRecords.ruleId(test), unused -> new ArrayList<>())
                .add(test));
        List<DriftDecision> decisions = new ArrayList<>();
        comparable.values().forEach(tests -> decisions.addAll(hierarchy.decide(tests)));
        return decisions;
    }

    /** Names of the measures that signal. */
    static List<String> signalled(List<DriftDecision> decisions) {
        return decisions.stream()
                .filter(DriftDecision::signal)
                .map(decision -> decision.test().measure())
                .distinct()
                .sorted()
                .toList();
    }

    static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }
}
