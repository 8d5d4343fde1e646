package io.tidemark.jobs.windows;

import io.tidemark.jobs.source.TraceSource;

/**
 * Lengths of the windows, each a multiple of the one before up to the rolled ones. A minute is built from its panes when
 * it closes, five minutes from their minutes; the longer ones take each five minutes as they close.
 */
final class WindowSizes {

    /** Lengths in milliseconds, shortest first. State and rows name a window by its length: these never change. */
    static final long[] MILLIS = {TraceSource.PANE_MILLIS, 60_000, 300_000, 1_800_000, 3_600_000, 86_400_000};

    /** Index of the pane. */
    static final int PANE = 0;

    /** Index of the longest window that is built from shorter ones at its close; longer ones take it as an increment. */
    static final int ROLLED = 2;

    private WindowSizes() {}

    static int count() {
        return MILLIS.length;
    }

    static long startOf(int size, long millis) {
        return millis - Math.floorMod(millis, MILLIS[size]);
    }

    /** Last millisecond of a window. */
    static long lastMillis(int size, long startMillis) {
        return startMillis + MILLIS[size] - 1;
    }

    static int seconds(int size) {
        return (int) (MILLIS[size] / 1_000);
    }

    /** One bit for each size whose window over a pane ends at or before a time. */
    static int closedBefore(long paneStartMillis, long millis) {
        int bits = 0;
        for (int size = 0; size < MILLIS.length; size++) {
            if (startOf(size, paneStartMillis) + MILLIS[size] <= millis) {
                bits |= 1 << size;
            }
        }
        return bits;
    }
}
