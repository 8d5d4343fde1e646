package io.tidemark.cli.replay;

import io.tidemark.cli.alert.AvroTail;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.avro.Drift;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The drift tests of a run, each once. */
final class DriftOfRun {

    private final StackEndpoints endpoints;
    private final String run;

    DriftOfRun(StackEndpoints endpoints, String run) {
        this.endpoints = endpoints;
        this.run = run;
    }

    /** By window, measure and slice. */
    List<DriftView> all() {
        Map<String, Drift> byId = new LinkedHashMap<>();
        try (AvroTail<Drift> tests = new AvroTail<>(endpoints, TopicCatalogue.DRIFT.nameInRun(run), Drift.class)) {
            tests.readToEnd().forEach(drift -> byId.put(drift.getDriftId(), drift));
        }
        return byId.values().stream()
                .sorted(Comparator.comparing(Drift::getWindowStart)
                        .thenComparing(Drift::getKind)
                        .thenComparing(Drift::getMeasure)
                        .thenComparing(Drift::getDriftId))
                .map(DriftView::of)
                .toList();
    }
}
