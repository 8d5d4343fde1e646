package io.tidemark.statistics.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;

class LogBetaTest {

    /** Wanted values from mpmath with 60 digits. */
    @Test
    void keepsTenDigitsUpToATrillionEvents() {
        assertThat(complete(37, 463, 0.05)).isCloseTo(1.9921935519914151, within(1e-12));
        assertThat(complete(50_100_000, 949_900_000, 0.05)).isCloseTo(97.27756089450792, within(1e-9));
        assertThat(complete(50_000_000_000L, 950_000_000_000L, 0.05)).isCloseTo(-11.373059240789791, within(1e-9));
        assertThat(complete(50_000_066_000L, 949_999_934_000L, 0.05)).isCloseTo(-11.327206628327995, within(1e-9));
        assertThat(complete(10_000_000_000L, 990_000_000_000L, 0.05)).isCloseTo(24736149812.994541, within(1e-4));
        assertThat(complete(3, 1_000_000_000_000L, 1e-11)).isCloseTo(3.1419257769167889, within(1e-9));
    }

    @Test
    void upperIntegralsKeepTheirDigitsWhereTheRegularisedFunctionUnderflows() {
        assertThat(upper(37, 463, 0.05)).isCloseTo(1.9823580328742932, within(1e-12));
        assertThat(upper(50_000_000_000L, 950_000_000_000L, 0.05)).isCloseTo(-12.066205872218232, within(1e-9));
        assertThat(upper(49_999_000_000L, 950_001_000_000L, 0.05)).isCloseTo(-13.858373234570814, within(1e-9));
        assertThat(upper(10_000_000_000L, 990_000_000_000L, 0.05)).isCloseTo(-24.412145291078785, within(1e-9));
    }

    @Test
    void agreesWithCommonsNumbersWhereThatHasDigits() {
        double a = 3.5;
        double b = 11;
        for (double p : new double[] {0.001, 0.1, 0.24, 0.3, 0.6, 0.999}) {
            double power = a * Math.log(p) + b * Math.log1p(-p);
            assertThat(LogBeta.complete(a, b, p) + power)
                    .isCloseTo(org.apache.commons.numbers.gamma.LogBeta.value(a, b), within(1e-11));
            double complete = LogBeta.complete(a, b, p);
            assertThat(Math.exp(LogBeta.lower(a, b, p) - complete))
                    .isCloseTo(RegularizedBeta.value(p, a, b), within(1e-12));
            assertThat(Math.exp(LogBeta.upper(a, b, p) - complete))
                    .isCloseTo(RegularizedBeta.complement(p, a, b), within(1e-12));
        }
    }

    @Test
    void refusesWhatIsOutsideTheDomain() {
        assertThatThrownBy(() -> complete(-1, 3, 0.5))
                .isInstanceOfSatisfying(StatisticsException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.OUT_OF_RANGE));
        assertThatThrownBy(() -> upper(1, 3, 1)).isInstanceOf(StatisticsException.class);
        assertThatThrownBy(() -> upper(1, 3, Double.NaN))
                .isInstanceOfSatisfying(StatisticsException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.NON_FINITE_INPUT));
    }

    @Test
    void sumsOfLogarithmsDoNotOverflow() {
        assertThat(LogSpace.add(1_000, 1_000)).isCloseTo(1_000 + Math.log(2), within(1e-12));
        assertThat(LogSpace.add(Double.NEGATIVE_INFINITY, 3)).isEqualTo(3);
        assertThat(LogSpace.add(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isNegative()
                .isInfinite();
        assertThat(LogSpace.mean(new double[] {3_764, 0})).isCloseTo(3_764 - Math.log(2), within(1e-9));
        assertThat(LogSpace.mean(new double[] {Double.NEGATIVE_INFINITY}))
                .isNegative()
                .isInfinite();
    }

    private static double complete(double successes, double failures, double p) {
        return LogBeta.complete(successes + 0.5, failures + 0.5, p);
    }

    private static double upper(double successes, double failures, double p) {
        return LogBeta.upper(successes + 0.5, failures + 0.5, p);
    }
}
