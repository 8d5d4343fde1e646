package org.apache.kafka.clients.producer.internals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Outcome of a request of a transactional producer: the class of that name of Kafka 4.3, with one method more.
 *
 * <p>Flink's Kafka connector 5.0 is built against Kafka 4.2 and waits without a deadline by {@link #await()}, which Kafka 4.3 has
 * removed; without it every exactly-once sink fails with a NoSuchMethodError. The jar with this class stands before that of Kafka's
 * clients on the class path. It goes when a connector built against Kafka 4.3 comes.
 */
public final class TransactionalRequestResult {

    private final CountDownLatch latch = new CountDownLatch(1);
    private final String operation;
    private volatile RuntimeException error;
    private volatile boolean isAcked;

    public TransactionalRequestResult(String operation) {
        this.operation = operation;
    }

    public void fail(RuntimeException problem) {
        error = problem;
        latch.countDown();
    }

    public void done() {
        latch.countDown();
    }

    /** Waits until the request has an outcome; throws its error. */
    public void await() {
        await(Long.MAX_VALUE, TimeUnit.NANOSECONDS, "");
    }

    /**
     * Waits until the request has an outcome; throws its error.
     *
     * @param hint what the caller may change, appended to the message of a timeout
     */
    public void await(long timeout, TimeUnit unit, String hint) {
        try {
            if (!latch.await(timeout, unit)) {
                throw new TimeoutException("Timeout expired after %d ms while awaiting %s. %s"
                        .formatted(unit.toMillis(timeout), operation, hint));
            }
            isAcked = true;
            if (error != null) {
                throw error;
            }
        } catch (InterruptedException e) {
            throw new InterruptException("Received interrupt while awaiting " + operation, e);
        }
    }

    public RuntimeException error() {
        return error;
    }

    public boolean isSuccessful() {
        return isCompleted() && error == null;
    }

    public boolean isCompleted() {
        return latch.getCount() == 0;
    }

    public boolean isAcked() {
        return isAcked;
    }
}
