package io.tidemark.cli.demo;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.replay.TraceProducer;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.avro.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends the traffic of the demonstration and is its router: it gives the candidate no more calls once it is told to. */
final class StoryTraffic implements AutoCloseable {

    private static final long PERIOD_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DemoTraffic traffic;
    private final TraceProducer producer;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "demo-traffic");
    private StoryClock clock;
    private long sent;
    private volatile boolean isCandidateServing = true;
    private volatile Instant rerouted;
    private volatile RuntimeException failure;

    StoryTraffic(DemoTraffic traffic, StackEndpoints endpoints) {
        this.traffic = traffic;
        this.producer = new TraceProducer(endpoints, "", PATIENCE);
    }

    /** Sends everything before an event time at once. */
    void sendHistory(Instant end) {
        sendBefore(end);
    }

    /** Goes on by the clock, in a thread of its own. */
    void start(StoryClock paced) {
        clock = paced;
        thread.setDaemon(true);
        thread.start();
    }

    /** Gives the candidate's share to the control from now on. */
    void takeCandidateOut() {
        isCandidateServing = false;
    }

    /** Event time of the first call that went past the candidate. */
    Optional<Instant> rerouted() {
        return Optional.ofNullable(rerouted);
    }

    /** @throws CommandFailure when Kafka did not take the traffic */
    void requireRunning() {
        if (failure != null) {
            throw new CommandFailure("the demo's traffic broke off: " + failure.getMessage(), failure);
        }
    }

    private void follow() {
        try {
            while (!stopped.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS) && sent < traffic.traces()) {
                sendBefore(clock.eventTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void sendBefore(Instant end) {
        while (sent < traffic.traces() && traffic.eventTime(sent).isBefore(end)) {
            boolean serving = isCandidateServing;
            Trace trace = traffic.trace(sent++, serving);
            if (!serving && rerouted == null) {
                rerouted = trace.getEventTime();
            }
            producer.send(trace);
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
