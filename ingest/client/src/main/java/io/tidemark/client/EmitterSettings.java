package io.tidemark.client;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.ingest.validation.TraceLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * Bounds and patience of an emitter.
 *
 * @param topic topic to send to; empty for that of the platform
 * @param bufferRecords most records that wait for delivery, those on their way to Kafka included
 * @param bufferBytes most bytes of these records as Avro
 * @param recordBytes largest record as Avro; the broker must accept it
 * @param linger how long a batch waits for more records
 * @param deliveryTimeout how long a record is kept while Kafka or the registry does not answer, at least 1 s
 * @param limits sizes of the parts of a record
 * @param redacts whether personal data is taken out of texts before they leave the process; on unless
 *     something else has done it
 */
public record EmitterSettings(
        String topic,
        int bufferRecords,
        long bufferBytes,
        int recordBytes,
        Duration linger,
        Duration deliveryTimeout,
        TraceLimits limits,
        boolean redacts) {

    /** 50,000 records, 64 MiB, 1 MB each, batches of 20 ms, two minutes of patience. */
    public static final EmitterSettings DEFAULT = new EmitterSettings(
            "", 50_000, 64L << 20, 1_000_000, Duration.ofMillis(20), Duration.ofMinutes(2), TraceLimits.DEFAULT, true);

    public EmitterSettings {
        Objects.requireNonNull(limits, "limits is null");
        Objects.requireNonNull(topic, "topic is null");
        require(bufferRecords >= 1, "bufferRecords", bufferRecords, "must be >= 1");
        require(recordBytes >= 1, "recordBytes", recordBytes, "must be >= 1");
        require(bufferBytes >= recordBytes, "bufferBytes", bufferBytes, "must be >= recordBytes = " + recordBytes);
        require(!linger.isNegative(), "linger", linger, "must be >= PT0S");
        require(
                deliveryTimeout.compareTo(linger.plusSeconds(1)) >= 0,
                "deliveryTimeout",
                deliveryTimeout,
                "must be at least one second longer than linger = " + linger);
    }

    /** Name of the topic that records of a contract are sent to. */
    String topicOr(Topic contract) {
        return topic.isEmpty() ? contract.name() : topic;
    }

    public EmitterSettings withTopic(String other) {
        return new EmitterSettings(
                other, bufferRecords, bufferBytes, recordBytes, linger, deliveryTimeout, limits, redacts);
    }

    public EmitterSettings withBuffer(int records, long bytes) {
        return new EmitterSettings(topic, records, bytes, recordBytes, linger, deliveryTimeout, limits, redacts);
    }

    public EmitterSettings withRecordBytes(int bytes) {
        return new EmitterSettings(topic, bufferRecords, bufferBytes, bytes, linger, deliveryTimeout, limits, redacts);
    }

    public EmitterSettings withLinger(Duration other) {
        return new EmitterSettings(
                topic, bufferRecords, bufferBytes, recordBytes, other, deliveryTimeout, limits, redacts);
    }

    public EmitterSettings withDeliveryTimeout(Duration other) {
        return new EmitterSettings(topic, bufferRecords, bufferBytes, recordBytes, linger, other, limits, redacts);
    }

    /** For texts that hold no personal data any more. */
    public EmitterSettings withoutRedaction() {
        return new EmitterSettings(
                topic, bufferRecords, bufferBytes, recordBytes, linger, deliveryTimeout, limits, false);
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("%s = '%s' %s".formatted(name, value, rule));
        }
    }
}
