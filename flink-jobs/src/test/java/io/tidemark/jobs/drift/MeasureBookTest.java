package io.tidemark.jobs.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureBookTest {

    private static final DriftWindows WINDOWS = new DriftWindows(List.of(60, 180), 30_000);

    private final MeasureBook book = new MeasureBook(WINDOWS);

    private static MeasureCounts part(long start, long... counts) {
        return new MeasureCounts("age", "b1", start, Windows.cell("a"), counts, start + 59_999);
    }

    @Test
    void aLongWindowIsTheSumOfTheShortOnes() {
        book.add(part(30_000, 1, 2));
        book.add(part(30_000, 0, 1));
        book.add(part(90_000, 5, 0));
        book.add(part(150_000, 7, 0));
        assertThat(book.close(89_998)).isEmpty();
        List<MeasureBook.Closed> first = book.close(89_999);
        assertThat(first).hasSize(1);
        assertThat(first.get(0).cells().get(0).counts()).containsExactly(1, 3);
        assertThat(first.get(0).previous()).isEmpty();
        List<MeasureBook.Closed> rest = book.close(209_999);
        assertThat(rest).extracting(MeasureBook.Closed::seconds).containsExactly(60, 60, 180);
        assertThat(rest.get(0).previous().orElseThrow().get(0).counts()).containsExactly(1, 3);
        assertThat(rest.get(2).cells().get(0).counts()).containsExactly(13, 3);
    }

    @Test
    void atTheEndOfTimeOnlyFullWindowsClose() {
        book.add(part(30_000, 1, 2));
        book.add(new MeasureCounts("age", "b1", 90_000, Windows.cell("a"), new long[] {1, 1}, 100_000));
        assertThat(book.close(Long.MAX_VALUE))
                .extracting(MeasureBook.Closed::startMillis)
                .containsExactly(30_000L);
    }

    @Test
    void theStoredFormKeepsOpenWindowsAndTheLastClosedOne() throws Exception {
        book.add(part(30_000, 1, 0, 0, 0, 9));
        book.close(89_999);
        book.add(part(90_000, 4, 0, 0, 0, 1));
        MeasureBook restored = MeasureBook.fromBytes(WINDOWS, book.toBytes());
        List<MeasureBook.Closed> closed = restored.close(149_999);
        assertThat(closed).hasSize(1);
        assertThat(closed.get(0).cells().get(0).counts()).containsExactly(4, 0, 0, 0, 1);
        assertThat(closed.get(0).previous().orElseThrow().get(0).counts()).containsExactly(1, 0, 0, 0, 9);
    }

    /** A thousand events in each of 38 counts, two windows of three lengths each: within the kibibyte of a slice and feature. */
    @Test
    void theStateOfASliceAndFeatureStaysUnderAKibibyte() throws Exception {
        DriftWindows windows = new DriftWindows(List.of(60, 180, 360), 0);
        MeasureBook full = new MeasureBook(windows);
        long[] counts = new long[38];
        Arrays.fill(counts, 1_000);
        for (int window = 0; window < 11; window++) {
            full.add(part(window * 60_000L, counts));
            full.close(window * 60_000L + 59_999);
        }
        MeasureBook empty = new MeasureBook(windows);
        empty.add(part(0, new long[38]));
        int names = 4 * empty.toBytes().length;
        assertThat(full.toBytes().length - names).isLessThanOrEqualTo(1_024);
    }
}
