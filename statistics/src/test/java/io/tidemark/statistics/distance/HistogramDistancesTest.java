package io.tidemark.statistics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.histogram.LogGrid;
import io.tidemark.statistics.histogram.LogHistogram;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramDistancesTest {

    @Test
    void populationStabilityIndexByHand() {
        // all cuts fall on the first bucket, so two bins: (9, 1) and (1, 9), half counts added, of 11
        LogHistogram baseline = LogHistogram.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 5);
        LogHistogram current = LogHistogram.of(1, 5, 5, 5, 5, 5, 5, 5, 5, 5);
        assertThat(HistogramDistances.populationStabilityIndex(baseline, current)
                        .orElseThrow())
                .isCloseTo(2 * (8.0 / 11) * Math.log(9.5 / 1.5), within(1e-12));
    }

    @Test
    void aFurtherShiftScoresHigher() {
        LogHistogram baseline = uniform(1, 1000);
        assertThat(HistogramDistances.populationStabilityIndex(baseline, baseline))
                .hasValue(0);
        double near = HistogramDistances.populationStabilityIndex(baseline, uniform(101, 1100))
                .orElseThrow();
        double far = HistogramDistances.populationStabilityIndex(baseline, uniform(501, 1500))
                .orElseThrow();
        assertThat(near).isPositive();
        assertThat(far).isGreaterThan(near);
    }

    @Test
    void jensenShannonByHand() {
        // shares (1, 0) and (1/2, 1/2); mixture (3/4, 1/4): (ln 4/3 + (ln 2/3 + ln 2) / 2) / 2, in bits, its root
        double divergence = (Math.log(4.0 / 3) + (Math.log(2.0 / 3) + Math.log(2)) / 2) / 2;
        assertThat(HistogramDistances.jensenShannon(LogHistogram.of(1, 1), LogHistogram.of(1, 8))
                        .orElseThrow())
                .isCloseTo(Math.sqrt(divergence / Math.log(2)), within(1e-12));
    }

    @Test
    void disjointHistogramsAreAtOne() {
        assertThat(HistogramDistances.jensenShannon(LogHistogram.of(0, 1), LogHistogram.of(-1, 1e18))
                        .orElseThrow())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void anEmptyHistogramIsUnknownAndNotZero() {
        assertThat(HistogramDistances.jensenShannon(LogHistogram.empty(), LogHistogram.of(1)))
                .isEmpty();
        assertThat(HistogramDistances.populationStabilityIndex(LogHistogram.of(1), LogHistogram.empty()))
                .isEmpty();
    }

    @Test
    void tenthsSplitTheBaselineEvenlyAndEqualCutsCollapse() {
        LogHistogram ten = LogHistogram.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(TenthBins.of(ten).counts(ten)).hasSize(10).containsOnly(1);
        LogHistogram mostlyZero = LogHistogram.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 5);
        LogHistogram special = new LogHistogram(new int[] {LogGrid.NEGATIVE, LogGrid.OVERFLOW}, new long[] {2, 3});
        assertThat(TenthBins.of(mostlyZero).counts(mostlyZero)).containsExactly(9, 1);
        assertThat(TenthBins.of(mostlyZero).counts(special)).containsExactly(2, 3);
    }

    private static LogHistogram uniform(int first, int last) {
        return LogHistogram.of(
                IntStream.rangeClosed(first, last).asDoubleStream().toArray());
    }
}
