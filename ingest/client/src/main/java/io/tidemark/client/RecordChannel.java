package io.tidemark.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.specific.SpecificRecord;

/** The way of an emitter's records from the caller to Kafka: a bounded buffer, a thread, and what is counted. */
final class RecordChannel {

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(2);

    private final String noun;
    private final EmitterSettings settings;
    private final Clock clock;
    private final WireEncoder encoder;
    private final RecordBuffer buffer;
    private final EmitterMetrics metrics;
    private final RecordSender sender;
    private final Thread thread;
    private volatile boolean closed;

    private RecordChannel(
            String noun,
            Topic contract,
            KafkaClientSettings kafka,
            SchemaRegistry registry,
            EmitterSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.noun = noun;
        this.settings = settings;
        this.clock = clock;
        encoder = new WireEncoder(contract.schema().orElseThrow());
        buffer = new RecordBuffer(settings.bufferRecords(), settings.bufferBytes());
        metrics = new EmitterMetrics(meters, noun + "s", buffer);
        sender = new RecordSender(
                contract, settings, buffer, metrics, registry, new ProducerFactory(kafka, settings), clock);
        thread = new Thread(sender, "tidemark-%s-sender".formatted(noun));
        thread.setDaemon(true);
    }

    /**
     * Starts a channel. Does not wait for a server.
     *
     * @param noun what people call a record
     * @param contract topic of the catalogue whose schema the records have
     */
    static RecordChannel start(
            String noun,
            Topic contract,
            KafkaClientSettings kafka,
            SchemaRegistry registry,
            EmitterSettings settings,
            MeterRegistry meters,
            Clock clock) {
        RecordChannel channel = new RecordChannel(noun, contract, kafka, registry, settings, meters, clock);
        channel.thread.start();
        return channel;
    }

    /**
     * Takes over one record, and counts what became of it.
     *
     * @param take checks the record and {@link #offer offers} it; not called any more once the channel is closed
     */
    EmitResult emit(Supplier<EmitResult> take) {
        metrics.emitted();
        EmitResult result = closed ? EmitResult.CLOSED : take.get();
        result.dropped().ifPresent(metrics::dropped);
        if (result.accepted()) {
            sender.wake();
            if (sender.ended()) {
                sender.dropWaiting();
            }
        }
        return result;
    }

    /** Puts a record that passed its checks into the buffer; its bytes are taken at once. */
    EmitResult offer(SpecificRecord record, String tenant, String traceId) {
        byte[] bytes;
        try {
            bytes = encoder.encode(record);
        } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
            return EmitResult.dropped(
                    DropReason.SERIALIZATION, "%s cannot be written as Avro: %s".formatted(noun, e.getMessage()));
        }
        if (bytes.length > settings.recordBytes()) {
            return EmitResult.dropped(
                    DropReason.INVALID,
                    "%s = '%d bytes' must have at most %d bytes".formatted(noun, bytes.length, settings.recordBytes()));
        }
        byte[] key = InferenceIds.kafkaKey(tenant, traceId);
        return buffer.offer(new BufferedRecord(key, bytes, clock.millis()))
                ? EmitResult.ACCEPTED
                : EmitResult.BUFFER_FULL;
    }

    /** Waits until all before the call are settled; the number that still wait at the deadline. */
    long flush(Duration deadline) throws InterruptedException {
        if (closed) {
            return buffer.records();
        }
        return passesMarker(deadline) ? 0 : buffer.records();
    }

    /** Closes with a deadline of ten seconds. */
    void close() {
        try {
            close(CLOSE_DEADLINE);
        } catch (InterruptedException e) {
            sender.stop();
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more records, delivers those that wait, and drops what is left at the deadline; the number of those. */
    long close(Duration deadline) throws InterruptedException {
        if (closed) {
            return 0;
        }
        closed = true;
        passesMarker(deadline);
        long left = buffer.records();
        sender.stop();
        thread.join(STOP_DEADLINE.toMillis());
        sender.dropWaiting();
        return left;
    }

    private boolean passesMarker(Duration deadline) throws InterruptedException {
        BufferedRecord marker = BufferedRecord.marker();
        buffer.addMarker(marker);
        sender.wake();
        return marker.passed().await(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
}
