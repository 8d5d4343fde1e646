package io.tidemark.statistics.calibration;

import static io.tidemark.statistics.error.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.distance.Homogeneity;
import io.tidemark.statistics.error.ErrorCode;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void brierAndSpiegelhalterByHand() {
        ForecastSums sums = ForecastSums.of(new double[] {0.8, 0.3}, new double[] {1, 1});
        assertThat(new BrierScore().score(sums)).isCloseTo((0.04 + 0.49) / 2, within(1e-15));
        // residuals 0.2 * -0.6 and 0.7 * 0.4; variances 0.36 * 0.16 and 0.16 * 0.21
        double z = (-0.12 + 0.28) / Math.sqrt(0.0576 + 0.0336);
        assertThat(new SpiegelhalterTest().score(sums)).isCloseTo(z, within(1e-12));
        assertThat(new SpiegelhalterTest().pValue(sums)).isCloseTo(0.59624, within(1e-4));
        assertThat(new BrierScore().id()).isEqualTo("brier");
        assertThat(new SpiegelhalterTest().id()).isEqualTo("spiegelhalter");
    }

    @Test
    void binsAreClosedOnTheRight() {
        ReliabilityBins bins =
                ReliabilityBins.of(10, new double[] {0, 0.1, 0.2, 0.5, 0.9, 1}, new double[] {0, 0, 1, 1, 1, 1});
        assertThat(bins.counts()).containsExactly(2, 1, 0, 0, 1, 0, 0, 0, 1, 1);
        CalibrationError error = new CalibrationError();
        assertThat(error.score(bins)).isCloseTo(0.25, within(1e-15));
        assertThat(error.maximum(bins)).isCloseTo(0.8, within(1e-15));
        assertThat(error.id()).isEqualTo("ece");
    }

    @Test
    void theMeanUnderCalibrationByHand() {
        // X ~ binomial(2, 1/2): E|X - 1| = 1/2; X ~ binomial(1, 1/4): E|X - 1/4| = 3/8
        ReliabilityBins bins = ReliabilityBins.of(2, new double[] {0.25, 0.75, 0.75}, new double[] {0, 1, 1});
        double pairAtThreeQuarters = 0.5625 * 0.5 + 0.375 * 0.5 + 0.0625 * 1.5;
        assertThat(new CalibrationError().nullMean(bins)).isCloseTo((0.375 + pairAtThreeQuarters) / 3, within(1e-12));
        ReliabilityBins certain = ReliabilityBins.of(2, new double[] {0, 1}, new double[] {0, 1});
        assertThat(new CalibrationError().nullMean(certain)).isZero();
    }

    @Test
    void badForecastsAreRefused() {
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> ForecastSums.of(new double[] {1.1}, new double[] {1}));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> ForecastSums.of(new double[] {0.5}, new double[] {0.5}));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> ForecastSums.of(new double[] {0.5}, new double[] {2}));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> ForecastSums.of(new double[] {0.5, 0.5}, new double[] {1}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> ForecastSums.of(new double[0], new double[0]));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> ForecastSums.of(new double[] {Double.NaN}, new double[] {1}));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> ForecastSums.of(new double[] {1}, new double[] {Double.NaN}));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> ReliabilityBins.empty(0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> ReliabilityBins.empty(2).plus(1.5, true));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> ForecastSums.EMPTY.plus(-0.5, true));
    }

    @Test
    void statesWithoutForecastsHaveNoScore() {
        ReliabilityBins none = ReliabilityBins.empty(15);
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new CalibrationError().score(none));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new CalibrationError().maximum(none));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new CalibrationError().nullMean(none));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new BrierScore().score(ForecastSums.EMPTY));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new SpiegelhalterTest().score(ForecastSums.EMPTY));
        ForecastSums noWeight = ForecastSums.of(new double[] {0, 0.5, 1}, new double[] {0, 1, 1});
        assertRefused(ErrorCode.DEGENERATE_VARIANCE, () -> new SpiegelhalterTest().score(noWeight));
    }

    @Test
    void theShiftOfCalibrationByHand() {
        // one bin each: gaps 0.5 - 0.4 and 0.7 - 0.4, pooled success 0.6, variance 0.24 * 2 / 100
        ReliabilityBins baseline = new ReliabilityBins(new long[] {100}, new double[] {40}, new long[] {50});
        ReliabilityBins current = new ReliabilityBins(new long[] {100}, new double[] {40}, new long[] {70});
        Homogeneity found = new CalibrationShift().evaluate(baseline, current);
        assertThat(found.chiSquare()).isCloseTo(0.04 / 0.0048, within(1e-12));
        assertThat(found.degreesOfFreedom()).isEqualTo(1);
        assertThat(found.events()).isEqualTo(200);
        assertThat(new CalibrationShift().id()).isEqualTo("calibration-shift");
    }

    @Test
    void binsThatCannotBeJudgedAreLeftOut() {
        ReliabilityBins small =
                new ReliabilityBins(new long[] {0, 8, 100}, new double[] {0, 4, 99}, new long[] {0, 4, 99});
        Homogeneity found = new CalibrationShift().evaluate(small, small);
        assertThat(found.degreesOfFreedom()).isZero();
        assertThat(found.pValue()).isOne();
        assertRefused(
                ErrorCode.LENGTH_MISMATCH, () -> new CalibrationShift().evaluate(small, ReliabilityBins.empty(2)));
        assertRefused(
                ErrorCode.INSUFFICIENT_DATA, () -> new CalibrationShift().evaluate(small, ReliabilityBins.empty(3)));
        assertRefused(
                ErrorCode.INSUFFICIENT_DATA, () -> new CalibrationShift().evaluate(ReliabilityBins.empty(3), small));
    }
}
