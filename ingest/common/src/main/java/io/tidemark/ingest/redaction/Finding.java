package io.tidemark.ingest.redaction;

import java.util.Objects;

/**
 * Personal data in a text.
 *
 * @param type what it is, upper case: EMAIL, PHONE, CARD and so on; the text shows {@code [type]} in its place
 * @param start index of its first UTF-16 character
 * @param end index after its last
 */
public record Finding(String type, int start, int end) {

    public Finding {
        Objects.requireNonNull(type, "type is null");
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("finding [%d, %d) of type %s is empty".formatted(start, end, type));
        }
    }

    boolean overlaps(Finding other) {
        return start < other.end && other.start < end;
    }
}
