package io.tidemark.gateway.server;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts requests from their headers to their answer. Once it is closed none begins, and the end can wait for the last answer. */
final class RequestsUnderWay {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allAnswered = lock.newCondition();
    private int count;
    private boolean closed;

    /** @return whether the request may go on; one that may must {@link #end} once */
    boolean begin() {
        lock.lock();
        try {
            if (!closed) {
                count++;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            count--;
            if (count == 0) {
                allAnswered.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on none begins. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** @return requests that are not answered at the deadline, mostly 0 */
    int awaitAnswers(Duration deadline) throws InterruptedException {
        lock.lock();
        try {
            for (long left = deadline.toNanos(); count > 0 && left > 0; ) {
                left = allAnswered.awaitNanos(left);
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }
}
