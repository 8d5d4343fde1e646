package io.tidemark.gateway.otlp;

/**
 * A span, log record or inference that was refused, while the rest of its body was taken.
 *
 * @param reason why
 * @param place which one: its span id where it has one, else its index
 * @param detail what exactly was wrong, naming the field; never payload text
 */
public record Refusal(Reason reason, String place, String detail) {

    /** Why something is refused. */
    public enum Reason {
        INVALID_TRACE_ID,
        INVALID_SPAN_ID,
        INVALID_TIME,
        TOO_OLD,
        FUTURE,
        INVALID_FIELD;

        /** Label for metrics. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One sentence for people. */
    public String message() {
        return "%s: %s (%s)".formatted(place, detail, reason.label());
    }
}
