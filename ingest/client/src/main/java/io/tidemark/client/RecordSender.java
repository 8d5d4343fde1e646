package io.tidemark.client;

import io.tidemark.contracts.topic.Topic;
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
 * schema, room in the producer. What fails for want of a server is tried again until the record is too old.
 */
final class RecordSender implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordSender.class);
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Topic contract;
    private final String topic;
    private final EmitterSettings settings;
    private final RecordBuffer buffer;
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

    /** @param contract topic of the catalogue, whose schema the records have */
    RecordSender(
            Topic contract,
            EmitterSettings settings,
            RecordBuffer buffer,
            EmitterMetrics metrics,
            SchemaRegistry registry,
            Supplier<Producer<byte[], byte[]>> producers,
            Clock clock) {
        this.contract = contract;
        this.topic = settings.topicOr(contract);
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
                BufferedRecord next = buffer.poll();
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

    private void pass(BufferedRecord marker) {
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

    private void deliver(BufferedRecord record) {
        while (!stopped) {
            DropReason failure = attempt(record);
            if (failure == null) {
                pauseNanos = FIRST_PAUSE_NANOS;
                return;
            }
            if (isTooOld(record)) {
                drop(record, failure);
                return;
            }
            pause();
        }
        drop(record, DropReason.CLOSED);
    }

    /** Null when the record went its way, else why it is worth another attempt. */
    private DropReason attempt(BufferedRecord record) {
        try {
            identifySchema(record);
            return send(record) ? null : DropReason.DELIVERY_TIMEOUT;
        } catch (RegistryUnavailableException e) {
            LOG.warn("Records of {} wait: {}", topic, e.getMessage());
            return DropReason.REGISTRY_UNAVAILABLE;
        } catch (IncompatibleSchemaException e) {
            LOG.error("Records of {} are dropped: {}", topic, e.getMessage());
            drop(record, DropReason.SCHEMA_REFUSED);
            return null;
        } catch (KafkaException e) {
            LOG.warn("Records of {} wait for Kafka: {}", topic, e.getMessage());
            return DropReason.DELIVERY_TIMEOUT;
        }
    }

    private void identifySchema(BufferedRecord record) {
        if (schemaId < 0) {
            schemaId = registry.register(contract.subject(), contract.schema().orElseThrow());
        }
        WireFormat.writeHeader(record.record(), schemaId);
    }

    /** False when the producer could not even take the record; then nothing was settled. */
    private boolean send(BufferedRecord record) {
        if (producer == null) {
            producer = producers.get();
        }
        retry = false;
        producer.send(
                new ProducerRecord<>(topic, record.key(), record.record()),
                (metadata, failure) -> completed(record, failure));
        return !retry;
    }

    /** Runs on the producer's thread, or on ours when the record never left the call of send. */
    private void completed(BufferedRecord record, Exception failure) {
        if (failure == null) {
            acknowledge(record);
        } else if (Thread.currentThread() == thread && failure instanceof RetriableException) {
            retry = true;
        } else {
            report(failure);
            drop(record, reason(failure));
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

    private void acknowledge(BufferedRecord record) {
        failing = false;
        if (record.settle()) {
            metrics.acked(Duration.ofMillis(Math.max(0, clock.millis() - record.emittedMillis())));
            buffer.release(record);
        }
    }

    private void drop(BufferedRecord record, DropReason reason) {
        if (record.settle()) {
            metrics.dropped(reason);
            buffer.release(record);
        }
    }

    private boolean isTooOld(BufferedRecord record) {
        return clock.millis() - record.emittedMillis()
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

    /** Whether nobody takes records from the buffer any more. */
    boolean ended() {
        return ended;
    }

    /** Drops what waits in the buffer. */
    void dropWaiting() {
        for (BufferedRecord left = buffer.poll(); left != null; left = buffer.poll()) {
            if (!left.isMarker()) {
                drop(left, DropReason.CLOSED);
            }
        }
    }
}
