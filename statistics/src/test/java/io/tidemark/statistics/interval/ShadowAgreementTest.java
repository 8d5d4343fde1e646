package io.tidemark.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.BinomialCounts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Promotion of a shadow by its agreement with production, looked at after every ten pairs. */
class ShadowAgreementTest {

    private static final double LIMIT = 0.90;
    private static final BetaBinomialSequence SEQUENCE = BetaBinomialSequence.usual(0.05);

    @Test
    void aShadowAtTheLimitIsPromotedInAtMostOneOfAHundredRuns() {

        int promoted = 0;
        int runs = 1_000;
        for (int run = 0; run < runs; run++) {
            promoted += isPromoted(new SplittableRandom(run)) ? 1 : 0;
        }
        System.out.printf("[figure] shadow at true agreement 0.90: %d of %d promoted%n", promoted, runs);
        assertThat(promoted / (double) runs).isLessThanOrEqualTo(0.01);
    }

    private static boolean isPromoted(SplittableRandom random) {
        long agreed = 0;
        for (int pair = 1; pair <= 2_000; pair++) {
            agreed += random.nextDouble() < LIMIT ? 1 : 0;
            boolean looks = pair % 10 == 0 && agreed > 0.91 * pair;
            if (looks && SEQUENCE.of(BinomialCounts.of(agreed, pair)).lower() >= LIMIT) {
                return true;
            }
        }
        return false;
    }

    @Test
    void sampleSizesAreThoseOfTheTable() {
        assertSize(0.96, 250);
        assertSize(0.945, 475);
        assertSize(0.92, 3_075);
    }

    private static void assertSize(double observed, int published) {
        int n = 10;
        while (SEQUENCE.of(BinomialCounts.of(Math.round(observed * n), n)).lower() < LIMIT) {
            n += 5;
        }
        System.out.printf("[figure] shadow pairs at observed agreement %s: %d (table %d)%n", observed, n, published);
        assertThat((double) n).isCloseTo(published, within(0.2 * published));
    }
}
