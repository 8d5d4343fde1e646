package io.tidemark.sink.transcode;

import io.tidemark.contracts.topic.RefusalReason;

/**
 * Why a record is not stored.
 *
 * @param detail what exactly was wrong; never payload text
 */
public record Refusal(RefusalReason reason, String detail) {

    static Refusal unreadable(String detail) {
        return new Refusal(RefusalReason.UNREADABLE_BODY, detail);
    }

    static Refusal invalid(String detail) {
        return new Refusal(RefusalReason.INVALID_FIELD, detail);
    }
}
