package io.tidemark.statistics.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogHistogramTest {

    @Test
    void quantilesFollowTheNearestRankRuleWithinOnePercent() {
        SplittableRandom random = new SplittableRandom(11);
        double[] values = random.doubles(9_999).map(u -> Math.exp(12 * u - 3)).toArray();
        LogHistogram histogram = LogHistogram.of(values);
        Arrays.sort(values);
        for (double q : new double[] {0, 0.01, 0.5, 0.95, 0.99, 0.999, 1}) {
            double exact = values[(int) Math.max(1, Math.ceil(q * values.length)) - 1];
            assertThat(histogram.quantile(q).orElseThrow()).isCloseTo(exact, within(0.01 * exact));
        }
    }

    @Test
    void mergingIsExactCommutativeAndHasANeutralElement() {
        LogHistogram left = LogHistogram.of(0, 1, 1, 7, 1e16);
        LogHistogram right = LogHistogram.of(-1, 1, 8);
        assertThat(left.merge(right)).isEqualTo(LogHistogram.of(0, 1, 1, 7, 1e16, -1, 1, 8));
        assertThat(right.merge(left)).isEqualTo(left.merge(right));
        assertThat(left.merge(LogHistogram.empty())).isEqualTo(left);
    }

    @Test
    void anEmptyHistogramHasNoQuantile() {
        assertThat(LogHistogram.empty().quantile(0.5)).isEmpty();
        assertThat(LogHistogram.empty().count()).isZero();
    }

    @Test
    void countsThatAreNotPositiveAreRefused() {
        assertThatThrownBy(() -> new LogHistogram(new int[] {3}, new long[] {0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count of bucket 3 must be > 0, got 0");
    }

    @Test
    void indexesThatDoNotAscendAreRefused() {
        assertThatThrownBy(() -> new LogHistogram(new int[] {3, 3}, new long[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("indexes must ascend strictly, got 3 after 3");
    }
}
