package io.tidemark.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.ingest.validation.TraceLimits;
import io.tidemark.ingest.validation.TraceValidator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {

    private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
    private static final DemoTraffic TRAFFIC = DemoTraffic.endingAt(END, Duration.ofHours(1), 20_000, 7);
    private static final List<Trace> TRACES = TRAFFIC.stream().toList();

    @Test
    void theSameSeedGivesTheSameTracesAndAnotherSeedOthers() {
        assertThat(TRAFFIC.stream().toList()).isEqualTo(TRACES);
        assertThat(DemoTraffic.endingAt(END, Duration.ofHours(1), 10, 8).stream()
                        .toList())
                .doesNotContainAnyElementsOf(TRACES);
    }

    @Test
    void everyTraceKeepsItsContractAndHasAnIdOfItsOwn() {
        TraceValidator validator = new TraceValidator(TraceLimits.DEFAULT);
        assertThat(TRACES)
                .allSatisfy(trace -> assertThat(validator.violations(trace)).isEmpty());
        assertThat(TRACES).extracting(Trace::getInferenceId).doesNotHaveDuplicates();
    }

    @Test
    void eventTimesAscendAndEndAtTheEnd() {
        assertThat(TRACES).extracting(Trace::getEventTime).isSorted();
        assertThat(TRACES.get(0).getEventTime())
                .isBetween(TRAFFIC.start(), TRAFFIC.start().plusSeconds(1));
        assertThat(TRACES.get(TRACES.size() - 1).getEventTime()).isBetween(END.minusSeconds(1), END);
    }

    @Test
    void onlyTheNewPromptTurnsBadAndOnlyFromTheFaultOn() {
        Predicate<Trace> late = trace -> !trace.getEventTime().isBefore(TRAFFIC.faultTime());
        assertThat(errorRate(DemoTraffic.CANDIDATE, late)).isGreaterThan(0.04);
        assertThat(errorRate(DemoTraffic.CANDIDATE, late.negate())).isLessThan(0.015);
        assertThat(errorRate(DemoTraffic.CONTROL, late)).isLessThan(0.01);
        assertThat(meanFirstToken(DemoTraffic.CANDIDATE, late))
                .isGreaterThan(1.5 * meanFirstToken(DemoTraffic.CONTROL, late));
    }

    @Test
    void threeTenantsAndBothVersionsAreServed() {
        assertThat(TRACES).extracting(Trace::getTenant).contains("acme", "globex", "initech");
        assertThat(TRACES).filteredOn(of(DemoTraffic.CANDIDATE)).hasSizeBetween(3_600, 4_400);
    }

    @Test
    void aSettingThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> DemoTraffic.endingAt(END, Duration.ZERO, 1, 1))
                .hasMessage("duration = 'PT0S' must be positive");
    }

    private static double errorRate(VersionTuple version, Predicate<Trace> when) {
        return TRACES.stream()
                .filter(of(version).and(when))
                .mapToInt(trace -> trace.getStatus() == InferenceStatus.ERROR ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static double meanFirstToken(VersionTuple version, Predicate<Trace> when) {
        return TRACES.stream()
                .filter(of(version).and(when).and(trace -> trace.getTtftMicros() != null))
                .mapToLong(Trace::getTtftMicros)
                .average()
                .orElseThrow();
    }

    private static Predicate<Trace> of(VersionTuple version) {
        return trace -> VersionTuple.from(trace.getVersion()).equals(version);
    }
}
