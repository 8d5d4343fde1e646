package io.tidemark.contracts.topic;

/** Why a record is refused and goes to the dead-letter topic. */
public enum RefusalReason {
    /** The bytes do not start with the wire format's header. */
    NOT_A_RECORD,
    /** The registry knows no schema of that id. */
    UNKNOWN_SCHEMA_ID,
    /** The schema is known, but the bytes do not follow it. */
    UNREADABLE_BODY,
    /** A record without a tenant. */
    MISSING_TENANT,
    /** The event time lies more than the accepted skew after the broker's append time. */
    FUTURE_EVENT_TIME,
    /** A field has a value that its contract forbids. */
    INVALID_FIELD,
    /** The record was read, but whom it is for refuses it or does not answer. */
    UNDELIVERABLE
}
