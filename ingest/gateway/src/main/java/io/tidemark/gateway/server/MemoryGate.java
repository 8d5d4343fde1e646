package io.tidemark.gateway.server;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all requests that are under way, from the first byte that is read to Kafka's acknowledgement. */
final class MemoryGate {

    private final long maximumBytes;
    private final AtomicLong used = new AtomicLong();

    MemoryGate(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    /** The share of one request; grows while it is read and is given back once. */
    final class Share {
        private long bytes;
        private boolean released;

        /** @throws RefusedException when the gateway holds all that it may */
        synchronized void grow(long more) throws RefusedException {
            if (released) {
                return;
            }
            long before = used.getAndAdd(more);
            bytes += more;
            if (before + more > maximumBytes) {
                throw new RefusedException(
                        Answer.UNAVAILABLE, "the gateway holds as many requests as it may; try again");
            }
        }

        synchronized void release() {
            if (!released) {
                released = true;
                used.addAndGet(-bytes);
            }
        }
    }

    Share share() {
        return new Share();
    }

    long used() {
        return used.get();
    }
}
