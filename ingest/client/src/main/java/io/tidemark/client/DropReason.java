package io.tidemark.client;

import java.util.Locale;

/** Why a record was not delivered. */
public enum DropReason {
    /** The record breaks its contract. */
    INVALID,
    /** The record cannot be written as Avro. */
    SERIALIZATION,
    /** The buffer holds as many records, or as many bytes, as it may. */
    BUFFER_FULL,
    /** The emitter was closed before the record was delivered. */
    CLOSED,
    /** The schema registry did not answer within the delivery timeout. */
    REGISTRY_UNAVAILABLE,
    /** The schema registry refuses the schema of the records. */
    SCHEMA_REFUSED,
    /** Kafka did not acknowledge within the delivery timeout. */
    DELIVERY_TIMEOUT,
    /** Kafka refused the record, for example for lack of permission. */
    REJECTED;

    /** Value of the label {@code reason} of the metric. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
