package io.tidemark.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingTest {

    private static final RankedGrades GRADES = new RankedGrades(new double[] {0, 3, 0, 1}, new double[] {2});

    @Test
    void handComputedGain() { // gains 7 at place 2, 1 at place 4; ideal 7, 3, 1
        double gained = 7 / log2(3) + 1 / log2(5);
        double ideal = 7 / log2(2) + 3 / log2(3) + 1 / log2(4);
        assertThat(GRADES.normalisedGain(10)).isCloseTo(gained / ideal, within(1e-12));
    }

    @Test
    void handComputedPrecisionRankAndRecall() {
        assertThat(GRADES.averagePrecision(10)).isCloseTo((1 / 2.0 + 2 / 4.0) / 3, within(1e-12));
        assertThat(GRADES.reciprocalRank(10)).isEqualTo(0.5);
        assertThat(GRADES.reciprocalRank(1)).isZero();
        assertThat(GRADES.recall(10)).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void nothingRelevantHasNoMeasure() {
        RankedGrades none = new RankedGrades(new double[] {0, 0}, new double[0]);
        assertThat(none.hasRelevant()).isFalse();
        assertThatThrownBy(() -> none.normalisedGain(10)).hasMessageContaining("relevant items");
    }

    @Test
    void areaCountsEqualScoresHalf() { // scores 1, 2, 3: positives 0, 1, 2; negatives 2, 1, 0
        double area = AreaUnderCurve.of(new double[] {0, 1, 2}, new double[] {2, 1, 0});
        assertThat(area).isCloseTo((2 + 0.5 + 2 * 3) / 9, within(1e-12));
        assertThatThrownBy(() -> AreaUnderCurve.of(new double[] {1}, new double[] {0}))
                .hasMessageContaining("positives and negatives");
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
