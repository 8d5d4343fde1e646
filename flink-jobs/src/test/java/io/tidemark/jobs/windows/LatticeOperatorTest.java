package io.tidemark.jobs.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.jobs.measures.MeasureCursor;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class LatticeOperatorTest {

    private static final SliceLattice LATTICE = SliceLattice.parse(SliceLattice.STANDARD);
    private static final int CAP = 2;

    @Test
    void coarserLevelsAreTheSumOfTheirIncrements() throws Exception {
        try (var harness = harness()) {
            harness.open();
            send(harness, "acme", "p1", "chat", 3);
            send(harness, "acme", "p1", "code", 4);
            send(harness, "other", "p1", "chat", 5);
            harness.processWatermark(9_999);

            assertThat(counts(harness))
                    .containsEntry("all", 12L)
                    .containsEntry("version p1", 12L)
                    .containsEntry("tenant acme", 7L)
                    .containsEntry("tenant_version acme p1", 7L)
                    .containsEntry("tenant_version_intent acme p1 chat", 3L)
                    .containsEntry("tenant_version_intent other p1 chat", 5L)
                    .containsEntry("provider_key", 12L)
                    .hasSize(12);
        }
    }

    @Test
    void whatIsOverTheCapKeepsTheTotalsOfCoarserLevels() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int intent = 0; intent < 5; intent++) {
                send(harness, "acme", "p1", "intent-" + intent, 10);
            }
            send(harness, "other", "p1", "chat", 1);
            harness.processWatermark(9_999);

            assertThat(counts(harness))
                    .containsEntry("tenant_version_intent acme p1 intent-1", 10L)
                    .containsEntry("tenant_version_intent acme __overflow__ __overflow__", 30L)
                    .containsEntry("tenant_version acme p1", 50L)
                    .containsEntry("tenant acme", 50L)
                    .containsEntry("tenant_version_intent other p1 chat", 1L)
                    .containsEntry("all", 51L);
        }
    }

    @Test
    void theCapIsRememberedOverARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.open();
            send(harness, "acme", "p1", "first", 1);
            send(harness, "acme", "p1", "second", 1);
            harness.prepareSnapshotPreBarrier(1);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            send(harness, "acme", "p1", "third", 1);
            send(harness, "acme", "p1", "second", 1);
            harness.processWatermark(9_999);

            assertThat(counts(harness))
                    .containsEntry("tenant_version_intent acme p1 second", 1L)
                    .containsEntry("tenant_version_intent acme __overflow__ __overflow__", 1L);
        }
    }

    @Test
    void openPanesAreHandedOnBeforeACheckpoint() throws Exception {
        try (var harness = harness()) {
            harness.open();
            send(harness, "acme", "p1", "chat", 1);
            harness.processWatermark(5_000);
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.prepareSnapshotPreBarrier(1);

            assertThat(counts(harness)).containsEntry("all", 1L);
        }
    }

    @Test
    void anUnknownDimensionInTheSettingIsNamed() {
        assertThatThrownBy(() -> SliceLattice.parse("all=;mine=tenant+colour"))
                .hasMessageStartingWith("no dimension 'colour'; known are version, tenant, base_model");
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Partial, Partial> harness() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Partial, Partial> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new LatticeOperator(LATTICE, CAP),
                        partial -> SliceKeys.tenantOf(partial.slice()),
                        Types.STRING);
        harness.setup(Partial.TYPE.createSerializer(null));
        return harness;
    }

    private static void send(
            KeyedOneInputStreamOperatorTestHarness<String, Partial, Partial> harness,
            String tenant,
            String prompt,
            String intent,
            int events)
            throws Exception {
        String key = Increments.key(
                LATTICE.keyDimensions(),
                Map.of(Dimension.TENANT, tenant, Dimension.PROMPT, prompt, Dimension.INTENT, intent));
        harness.processElement(new Partial(key, 0, Increments.measures(new long[events])), 0);
    }

    private static Map<String, Long> counts(KeyedOneInputStreamOperatorTestHarness<String, Partial, Partial> harness) {
        Map<String, Long> counts = new TreeMap<>();
        MeasureCursor cursor = new MeasureCursor();
        for (Partial partial : harness.extractOutputValues()) {
            Slice slice = SliceKeys.parse(partial.slice());
            StringBuilder name = new StringBuilder(slice.level());
            for (Dimension dimension : new Dimension[] {Dimension.TENANT, Dimension.PROMPT, Dimension.INTENT}) {
                name.append(slice.value(dimension) == null ? "" : " " + slice.value(dimension));
            }
            cursor.over(partial.measures(), 0, partial.measures().length);
            counts.merge(name.toString(), cursor.events(), Long::sum);
        }
        return counts;
    }
}
