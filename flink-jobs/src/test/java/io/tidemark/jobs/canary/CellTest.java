package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.release.GuardrailMeasures;
import io.tidemark.statistics.counts.BinomialCounts;
import org.junit.jupiter.api.Test;

class CellTest {

    private final UnitCounter errors = new UnitCounter(GuardrailMeasures.named("errors"));

    @Test
    void cellsAddUpInAnyOrderAndASessionThatTwoTasksSawIsOneUnit() {
        Cell left = new Cell();
        left.addRequests(10);
        left.addRate(Cell.ERRORS, 10, 1);
        left.addSession(7, 0, 0, 100);
        Cell right = new Cell();
        right.addRequests(5);
        right.addRate(Cell.ERRORS, 5, 2);
        right.addSession(7, 1 << Cell.ERRORS, 0, 400);
        right.addSession(8, 0, 0, 50);

        Cell one = new Cell();
        one.add(left.encode());
        one.add(right.encode());
        Cell other = new Cell();
        other.add(right.encode());
        other.add(left.encode());

        assertThat(one.size()).isEqualTo(17);
        assertThat(errors.count(one, 0, null)).isEqualTo(BinomialCounts.of(4, 17));
        assertThat(errors.count(other, 0, null)).isEqualTo(BinomialCounts.of(4, 17));
        assertThat(one.units.get(7L).highest[0]).isEqualTo(right.units.get(7L).highest[0]);
        Cell again = new Cell();
        again.add(one.encode());
        assertThat(again.encode()).hasSameSizeAs(one.encode());
    }

    @Test
    void aSessionThatFailedHasCountedAndIsNoLongerAtRisk() {
        FingerprintMemory memory = new FingerprintMemory();
        memory.advance(0);
        Cell cell = new Cell();
        cell.addSession(1, 1 << Cell.ERRORS, 0, 1);
        cell.addSession(2, 0, 0, 1);

        assertThat(errors.count(cell, 0, memory)).isEqualTo(BinomialCounts.of(1, 2));
        assertThat(errors.count(cell, 0, memory)).isEqualTo(BinomialCounts.of(0, 1));
        memory.advance(3_600_000);
        assertThat(errors.count(cell, 0, memory)).as("an hour later").isEqualTo(BinomialCounts.of(1, 2));
    }
}
