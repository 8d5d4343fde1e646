package io.tidemark.gateway.server;

import java.util.Arrays;
import java.util.Locale;

/** What is taken in plain JSON. */
enum PlainKind {
    INFERENCES,
    OUTCOMES;

    /** The kind that is posted to a path; null for another path. */
    static PlainKind at(String path) {
        return Arrays.stream(values())
                .filter(kind -> path.equals("/v1/" + kind.label()))
                .findFirst()
                .orElse(null);
    }

    /** Label for metrics, and last part of the path. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
