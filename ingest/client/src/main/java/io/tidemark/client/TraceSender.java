package io.tidemark.client;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.IncompatibleSchemaException;
import io.tidemark.registry.RegistryUnavailableException;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.WireFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread between the buffer and Kafka. Everything that may wait happens here: finding the brokers, registering the
 * schema, room in the producer. What fails for want of a server is tried again until the trace is too old.
 */
final class TraceSender implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TraceSender.class);
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    private final EmitterSettings settings;
    private final TraceBuffer buffer;
    private final EmitterMetrics metrics;
    private final SchemaRegistry registry;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Clock clock;

    private volatile boolean stopped;
    private volatile boolean idle;
    private volatile boolean ended;
    private volatile boolean failing;
    private volatile Thread thread;
    private Producer<byte[], byte[]> producer;
    private int schemaId = -1;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private boolean retry;

    TraceSender(
            EmitterSettings settings,
            TraceBuffer buffer,
            EmitterMetrics metrics,
            SchemaRegistry registry,
            Supplier<Producer<byte[], byte[]>> producers,
            Clock clock) {
        this.settings = settings;
        this.buffer = buffer;
        this.metrics = metrics;
        this.registry = registry;
        this.producers = producers;
        this.clock = clock;
    }

    /** Called after something was added to the buffer. Does not wait. */
    void wake() {
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** Ends the thread; what is not delivered is dropped as {@link DropReason#CLOSED}. */
    void stop() {
        stopped = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (!stopped) {
                BufferedTrace next = buffer.poll();
                if (next == null) {
                    rest();
                } else if (next.isMarker()) {
                    pass(next);
                } else {
                    deliver(next);
                }
            }
        } finally {
            end();
        }
    }

    private void rest() {
        idle = true;
        if (buffer.isEmpty() && !stopped) {
            LockSupport.parkNanos(this, IDLE_NANOS);
        }
        idle = false;
    }

    private void pass(BufferedTrace marker) {
        if (producer != null) {
            try {
                producer.flush();
            } catch (KafkaException e) {
                LOG.debug("flush was interrupted", e);
                return;
            }
        }
        marker.passed().countDown();
    }

    private void deliver(BufferedTrace trace) {
        while (!stopped) {
            DropReason failure = attempt(trace);
            if (failure == null) {
                pauseNanos = FIRST_PAUSE_NANOS;
                return;
            }
            if (isTooOld(trace)) {
                drop(trace, failure);
                return;
            }
            pause();
        }
        drop(trace, DropReason.CLOSED);
    }

    /** Null when the trace went its way, else why it is worth another attempt. */
    private DropReason attempt(BufferedTrace trace) {
        try {
            identifySchema(trace);
            return send(trace) ? null : DropReason.DELIVERY_TIMEOUT;
        } catch (RegistryUnavailableException e) {
            LOG.warn("Traces wait: {}", e.getMessage());
            return DropReason.REGISTRY_UNAVAILABLE;
        } catch (IncompatibleSchemaException e) {
            LOG.error("Traces are dropped: {}", e.getMessage());
            drop(trace, DropReason.SCHEMA_REFUSED);
            return null;
        } catch (KafkaException e) {
            LOG.warn("Traces wait for Kafka: {}", e.getMessage());
            return DropReason.DELIVERY_TIMEOUT;
        }
    }

    private void identifySchema(BufferedTrace trace) {
        if (schemaId < 0) {
            schemaId = registry.register(TopicCatalogue.TRACES.subject(), Trace.getClassSchema());
        }
        WireFormat.writeHeader(trace.record(), schemaId);
    }

    /** False when the producer could not even take the record; then nothing was settled. */
    private boolean send(BufferedTrace trace) {
        if (producer == null) {
            producer = producers.get();
        }
        retry = false;
        producer.send(
                new ProducerRecord<>(settings.topic(), trace.key(), trace.record()),
                (metadata, failure) -> completed(trace, failure));
        return !retry;
    }

    /** Runs on the producer's thread, or on ours when the record never left the call of send. */
    private void completed(BufferedTrace trace, Exception failure) {
        if (failure == null) {
            acknowledge(trace);
        } else if (Thread.currentThread() == thread && failure instanceof RetriableException) {
            retry = true;
        } else {
            report(failure);
            drop(trace, reason(failure));
        }
    }

    /** Once until records are acknowledged again: every trace would fail for the same reason. */
    private void report(Exception failure) {
        if (!failing && !stopped) {
            LOG.error("Traces are dropped, Kafka does not take them: {}", failure.getMessage());
        }
        failing = true;
    }

    private DropReason reason(Exception failure) {
        if (stopped) {
            return DropReason.CLOSED;
        }
        return failure instanceof TimeoutException ? DropReason.DELIVERY_TIMEOUT : DropReason.REJECTED;
    }

    private void acknowledge(BufferedTrace trace) {
        failing = false;
        if (trace.settle()) {
            metrics.acked(Duration.ofMillis(Math.max(0, clock.millis() - trace.emittedMillis())));
            buffer.release(trace);
        }
    }

    private void drop(BufferedTrace trace, DropReason reason) {
        if (trace.settle()) {
            metrics.dropped(reason);
            buffer.release(trace);
        }
    }

    private boolean isTooOld(BufferedTrace trace) {
        return clock.millis() - trace.emittedMillis()
                > settings.deliveryTimeout().toMillis();
    }

    private void pause() {
        LockSupport.parkNanos(this, pauseNanos);
        pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
    }

    /** Whatever the producer still holds is given up, which settles it; then the rest of the buffer is. */
    private void end() {
        Thread.interrupted();
        try {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
        } catch (KafkaException e) {
            LOG.warn("The producer did not close cleanly: {}", e.getMessage());
        }
        ended = true;
        dropWaiting();
    }

    /** Whether nobody takes traces from the buffer any more. */
    boolean ended() {
        return ended;
    }

    /** Drops what waits in the buffer. */
    void dropWaiting() {
        for (BufferedTrace left = buffer.poll(); left != null; left = buffer.poll()) {
            if (!left.isMarker()) {
                drop(left, DropReason.CLOSED);
            }
        }
    }
}
