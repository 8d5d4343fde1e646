package io.tidemark.client;

import io.tidemark.ingest.validation.Violation;
import java.util.List;
import java.util.Optional;

/**
 * What became of a record that was handed over.
 *
 * @param dropped why it was dropped at once; empty when the buffer took it
 * @param message what was wrong, naming field, value and rule; empty when the buffer took it
 */
public record EmitResult(Optional<DropReason> dropped, String message) {

    static final EmitResult ACCEPTED = new EmitResult(Optional.empty(), "");
    static final EmitResult BUFFER_FULL = dropped(DropReason.BUFFER_FULL, "the buffer of the emitter is full");
    static final EmitResult CLOSED = dropped(DropReason.CLOSED, "the emitter is closed");

    static EmitResult invalid(List<Violation> violations) {
        return dropped(DropReason.INVALID, InvalidTraceException.sentence(violations));
    }

    static EmitResult dropped(DropReason reason, String message) {
        return new EmitResult(Optional.of(reason), message);
    }

    /** Whether the buffer took the record. Delivery is still to come; metrics tell how it went. */
    public boolean accepted() {
        return dropped.isEmpty();
    }
}
