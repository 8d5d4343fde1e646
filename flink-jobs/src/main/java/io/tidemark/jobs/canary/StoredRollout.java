package io.tidemark.jobs.canary;

import java.nio.ByteBuffer;

/** How a rollout stands in the state of the job: version 1 is {@code 1 | end of the last closed pane | watch}. */
final class StoredRollout {

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + Long.BYTES;

    private StoredRollout() {}

    static byte[] of(long closedMillis, byte[] watch) {
        return ByteBuffer.allocate(HEADER_BYTES + watch.length)
                .put(VERSION)
                .putLong(closedMillis)
                .put(watch)
                .array();
    }

    /** A rollout that is over: nothing is left of it but that it was here. */
    static byte[] over(long closedMillis) {
        return of(closedMillis, new byte[0]);
    }

    /** End of the last pane that was closed, milliseconds since the epoch. */
    static long closedMillis(byte[] state) {
        ByteBuffer buffer = ByteBuffer.wrap(state);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "state of a rollout has version %d; this build reads version %d".formatted(version, VERSION));
        }
        return buffer.getLong();
    }

    static byte[] watch(byte[] state) {
        byte[] watch = new byte[state.length - HEADER_BYTES];
        System.arraycopy(state, HEADER_BYTES, watch, 0, watch.length);
        return watch;
    }
}
