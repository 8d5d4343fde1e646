package io.tidemark.statistics.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.Refusals;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramLayoutTest {

    /** Written by version 1: 2 negative values, 300 zeros, one value 1, one value 2, 2^62 - 1 overflows. */
    private static final String GOLDEN = "01076c6f67322d333505ffff030202ac02feff03014601b8ff03ffffffffffffffff3f";

    private static final LogHistogram SAMPLE = new LogHistogram(
            new int[] {LogGrid.NEGATIVE, LogGrid.ZERO, 0, 35, LogGrid.OVERFLOW},
            new long[] {2, 300, 1, 1, (1L << 62) - 1});

    @Test
    void anOldVersionStaysReadable() {
        byte[] written = HexFormat.of().parseHex(GOLDEN);
        assertThat(HistogramLayout.read(written)).isEqualTo(SAMPLE);
        assertThat(HistogramLayout.write(SAMPLE)).isEqualTo(written);
    }

    @Test
    void whatIsWrittenIsRead() {
        SplittableRandom random = new SplittableRandom(9);
        for (int size : new int[] {0, 1, 10, 5000}) {
            LogHistogram histogram = LogHistogram.of(
                    random.doubles(size).map(u -> Math.exp(60 * u - 25) - 1e-6).toArray());
            assertThat(HistogramLayout.read(HistogramLayout.write(histogram))).isEqualTo(histogram);
        }
    }

    @Test
    void unknownVersionsAndGridsAreRefused() {
        byte[] version = HistogramLayout.write(SAMPLE);
        version[0] = 9;
        assertThatThrownBy(() -> HistogramLayout.read(version))
                .hasMessage("histogram layout 9 is unknown; this build reads version 1");
        byte[] grid = HistogramLayout.write(SAMPLE);
        grid[2] = 'x';
        assertThatThrownBy(() -> HistogramLayout.read(grid))
                .hasMessage("histogram grid 'xog2-35' is unknown; this build reads 'log2-35'");
    }

    @Test
    void damagedBytesAreRefused() {
        byte[] written = HistogramLayout.write(SAMPLE);
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> HistogramLayout.read(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> HistogramLayout.read(Arrays.copyOf(written, written.length + 1)))
                .hasMessage("1 bytes follow the histogram");
        byte[] endless = Arrays.copyOf(written, 30);
        Arrays.fill(endless, 9, 30, (byte) 0xff);
        assertThatThrownBy(() -> HistogramLayout.read(endless))
                .hasMessage("a number of the histogram is longer than 64 bits");
    }

    @Test
    void countsOverAThreshold() {
        LogHistogram histogram = LogHistogram.of(-1, 0, 10, 100, 100, 5000, 1e16);
        assertThat(histogram.countOver(99.9)).isEqualTo(new ThresholdCounts(2, 2, 7));
        assertThat(histogram.countOver(50)).isEqualTo(new ThresholdCounts(4, 0, 7));
        assertThat(histogram.countOver(0)).isEqualTo(new ThresholdCounts(5, 1, 7));
        assertThat(LogHistogram.empty().countOver(1)).isEqualTo(ThresholdCounts.NONE);
        assertThat(new ThresholdCounts(1, 2, 5).merge(new ThresholdCounts(3, 4, 9)))
                .isEqualTo(new ThresholdCounts(4, 6, 14));
    }

    @Test
    void impossibleThresholdCountsAreRefused() {
        Refusals.assertRefused(ErrorCode.OUT_OF_RANGE, () -> new ThresholdCounts(2, 2, 3));
        Refusals.assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new ThresholdCounts(-1, 2, 3));
        Refusals.assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new ThresholdCounts(1, -2, 3));
    }
}
