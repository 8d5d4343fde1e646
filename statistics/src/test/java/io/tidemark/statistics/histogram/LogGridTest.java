package io.tidemark.statistics.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogGridTest {

    private static final double RELATIVE_ERROR = 0.00991;

    @Test
    void everyValueLiesInItsBucketAndNearItsRepresentative() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000_000; i++) {
            double value = Math.pow(10, -9 + 24 * random.nextDouble());
            if (value < LogGrid.SMALLEST || value >= LogGrid.LARGEST) {
                continue;
            }
            int index = LogGrid.index(value);
            assertThat(LogGrid.lowerBound(index) <= value && value < LogGrid.upperBound(index))
                    .as("bucket %d of %s", index, value)
                    .isTrue();
            assertThat(Math.abs(LogGrid.value(index) - value) / value).isLessThan(RELATIVE_ERROR);
        }
    }

    @Test
    void boundsBelongToTheUpperBucketAndBucketsTouch() {
        for (int index = LogGrid.FIRST_REGULAR + 1; index <= LogGrid.LAST_REGULAR; index++) {
            double lower = LogGrid.lowerBound(index);
            assertThat(LogGrid.upperBound(index - 1)).isEqualTo(lower);
            if (lower < LogGrid.LARGEST) {
                assertThat(LogGrid.index(lower)).isEqualTo(index);
                assertThat(LogGrid.index(Math.nextDown(lower))).isEqualTo(index - 1);
            }
        }
    }

    @Test
    void theRangeOfRegularBucketsIsTheOneThatIsPromised() {
        assertThat(LogGrid.index(LogGrid.SMALLEST)).isEqualTo(LogGrid.FIRST_REGULAR);
        assertThat(LogGrid.index(Math.nextDown(LogGrid.LARGEST))).isEqualTo(LogGrid.LAST_REGULAR);
        assertThat(LogGrid.index(1)).isZero();
        assertThat(LogGrid.index(2)).isEqualTo(LogGrid.BUCKETS_PER_OCTAVE);
    }

    @Test
    void valuesOutsideTheRangeHaveTheirOwnIndexesInTheOrderOfTheValues() {
        assertThat(LogGrid.index(-1e-300)).isEqualTo(LogGrid.NEGATIVE);
        assertThat(LogGrid.index(Double.NEGATIVE_INFINITY)).isEqualTo(LogGrid.NEGATIVE);
        assertThat(LogGrid.index(0.0)).isEqualTo(LogGrid.ZERO);
        assertThat(LogGrid.index(-0.0)).isEqualTo(LogGrid.ZERO);
        assertThat(LogGrid.index(Math.nextDown(1e-9))).isEqualTo(LogGrid.ZERO);
        assertThat(LogGrid.index(1e15)).isEqualTo(LogGrid.OVERFLOW);
        assertThat(LogGrid.index(Double.POSITIVE_INFINITY)).isEqualTo(LogGrid.OVERFLOW);
        assertThat(LogGrid.NEGATIVE).isLessThan(LogGrid.ZERO);
        assertThat(LogGrid.ZERO).isLessThan(LogGrid.FIRST_REGULAR);
        assertThat(LogGrid.LAST_REGULAR).isLessThan(LogGrid.OVERFLOW);
    }

    @Test
    void notANumberIsRefused() {
        assertThatThrownBy(() -> LogGrid.index(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NaN has no bucket; leave an unknown value out");
    }

    @Test
    void anIndexOutsideTheGridIsRefused() {
        assertThatThrownBy(() -> LogGrid.value(1745))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no regular bucket 1745; they run from -1047 to 1744");
    }
}
