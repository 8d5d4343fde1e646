package io.tidemark.client;

import io.tidemark.ingest.validation.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** A trace that breaks its contract. The message names every field, its value and its rule. */
public final class InvalidTraceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidTraceException(List<Violation> violations) {
        super(sentence(violations));
    }

    static String sentence(List<Violation> violations) {
        return violations.stream().map(Violation::message).collect(Collectors.joining("; "));
    }
}
