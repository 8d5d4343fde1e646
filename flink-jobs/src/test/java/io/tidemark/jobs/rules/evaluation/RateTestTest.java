package io.tidemark.jobs.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.Panes;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast rule on simulated traffic: 36 calls in each pane of ten seconds, as in the shared scenarios. */
class RateTestTest {

    private static final double LIMIT = 0.005;
    private static final int CALLS = 36;
    private static final int DAY_PANES = 8_640;
    private static final RateTest TEST =
            new RateTest(new RateSource("errors", null, null), LIMIT, LIMIT, null, Duration.ofMinutes(5), 100, 0.01);

    @Test
    void aServiceAtItsLimitIsPracticallyNeverPagedAndThePointRateAlwaysIs() {
        int runs = 100;
        int paged = 0;
        int overTheLimit = 0;
        for (int run = 0; run < runs; run++) {
            Random random = new Random(1_000 + run);
            SliceTest slice = TEST.start();
            boolean isPaged = false;
            boolean isOver = false;
            for (int pane = 1; pane <= DAY_PANES; pane++) {
                Assessment found = step(slice, random, pane, LIMIT);
                isPaged |= isBreach(found);
                isOver |= found.state() == State.BEYOND;
            }
            paged += isPaged ? 1 : 0;
            overTheLimit += isOver ? 1 : 0;
        }
        assertThat(overTheLimit).isEqualTo(runs);
        assertThat(paged).as("of %d healthy days, at alpha 0.01", runs).isLessThanOrEqualTo(3);
    }

    @Test
    void aRateThatRisesAfterTenHoursIsFoundInMinutes() {
        int healthy = 3_600;
        int[] delays = new int[40];
        for (int run = 0; run < delays.length; run++) {
            Random random = new Random(run);
            SliceTest slice = TEST.start();
            int pane = 1;
            for (; pane <= healthy; pane++) {
                step(slice, random, pane, LIMIT);
            }
            while (!isBreach(step(slice, random, pane, 0.06))) {
                pane++;
            }
            delays[run] = pane - healthy;
        }
        Arrays.sort(delays);
        assertThat(10 * delays[delays.length / 2]).as("median, in seconds").isLessThanOrEqualTo(70);
        assertThat(10 * delays[delays.length - 2])
                .as("slowest but one, in seconds")
                .isLessThanOrEqualTo(160);
    }

    @Test
    void theOnsetIsWhereTheTroubleBegan() {
        Random random = new Random(3);
        SliceTest slice = TEST.start();
        Assessment found = Assessment.NONE;
        for (int pane = 1; pane <= 3_600 + 30; pane++) {
            found = step(slice, random, pane, pane <= 3_600 ? LIMIT : 0.06);
        }
        assertThat(found.onsetMillis() / 1_000).isBetween(36_000L - 120, 36_000L + 120);
    }

    @Test
    void stateComesBackAsItWas() {
        Random random = new Random(8);
        SliceTest slice = TEST.start();
        for (int pane = 1; pane <= 400; pane++) {
            step(slice, random, pane, 0.01);
        }
        ByteWriter writer = new ByteWriter();
        slice.write(writer);
        SliceTest restored = TEST.read(new ByteReader().over(writer.toByteArray(), 0, writer.size()));

        assertThat(restored.assess(4_010_000)).isEqualTo(slice.assess(4_010_000));
        assertThat(writer.size()).as("bytes of a slice under a rule").isLessThan(300);
    }

    private static boolean isBreach(Assessment found) {
        return found.state() == State.BEYOND && found.logEvidence() >= -Math.log(TEST.alpha());
    }

    private static Assessment step(SliceTest slice, Random random, int pane, double rate) {
        int errors = 0;
        for (int call = 0; call < CALLS; call++) {
            errors += random.nextDouble() < rate ? 1 : 0;
        }
        long end = pane * Panes.PANE_MILLIS;
        WindowRow row = Panes.count(Panes.tenant("acme", end - Panes.PANE_MILLIS), "errors", errors, CALLS);
        slice.add(row, end);
        return slice.assess(end);
    }
}
