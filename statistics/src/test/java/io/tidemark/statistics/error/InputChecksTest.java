package io.tidemark.statistics.error;

import static io.tidemark.statistics.error.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputChecksTest {

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsRefusedEverywhere(double value) {
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> InputChecks.finite("x", value));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> InputChecks.finite("x", new double[] {1, value}));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> InputChecks.count("x", value));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> InputChecks.counts("x", new double[] {value}));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> InputChecks.probability("x", value));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> InputChecks.probabilities("x", new double[] {value}));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> InputChecks.strictlyBetween("x", value, 0, 1));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> InputChecks.positive("x", value));
    }

    @Test
    void theMessageNamesWhatAndWhere() {
        assertThatThrownBy(() -> InputChecks.counts("baseline", new long[] {3, -1}))
                .hasMessage("NEGATIVE_COUNT: baseline[1] must be >= 0, got -1");
        assertThatThrownBy(() -> InputChecks.between("alpha", 2, 0, 1))
                .hasMessage("OUT_OF_RANGE: alpha must lie in [0.0, 1.0], got 2.0");
    }

    @Test
    void negativeCountsAreRefusedAndZeroIsNot() {
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> InputChecks.count("x", -1L));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> InputChecks.count("x", -0.5));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> InputChecks.counts("x", new double[] {-1}));
        assertThat(InputChecks.count("x", 0L)).isZero();
        assertThat(InputChecks.count("x", 0.0)).isZero();
        assertThat(InputChecks.counts("x", new double[] {0, 2})).containsExactly(0, 2);
        assertThat(InputChecks.counts("x", new long[] {0, 2})).containsExactly(0, 2);
    }

    @Test
    void rangesIncludeOrExcludeTheirEnds() {
        assertThat(InputChecks.probability("x", 0)).isZero();
        assertThat(InputChecks.probability("x", 1)).isOne();
        assertThat(InputChecks.probabilities("x", new double[] {0, 1})).containsExactly(0, 1);
        assertThat(InputChecks.finite("x", 3.0)).isEqualTo(3);
        assertThat(InputChecks.finite("x", new double[] {3})).containsExactly(3);
        assertThat(InputChecks.positive("x", 1e-300)).isEqualTo(1e-300);
        assertThat(InputChecks.strictlyBetween("x", 0.5, 0, 1)).isEqualTo(0.5);
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> InputChecks.probability("x", -0.1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> InputChecks.probabilities("x", new double[] {1.1}));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> InputChecks.probabilities("x", new double[] {-0.1}));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> InputChecks.positive("x", 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> InputChecks.strictlyBetween("x", 0, 0, 1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> InputChecks.strictlyBetween("x", 1, 0, 1));
    }

    @Test
    void sizesAndPartsAreCompared() {
        InputChecks.sameLength("a", 2, "b", 2);
        InputChecks.atLeast("n", 2, 2);
        InputChecks.partOf("bad", 2, "all", 2);
        InputChecks.positiveTotal("n", 1);
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> InputChecks.sameLength("a", 2, "b", 3));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> InputChecks.atLeast("n", 1, 2));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> InputChecks.atLeast("n", Double.NaN, 2));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> InputChecks.positiveTotal("n", 0));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> InputChecks.positiveTotal("n", 0.0));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> InputChecks.atLeast("n", 1.5, 2));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> InputChecks.partOf("bad", 2.5, "all", 2));
        InputChecks.partOf("bad", 2.0, "all", 2.0);
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> InputChecks.partOf("bad", 3, "all", 2));
    }
}
