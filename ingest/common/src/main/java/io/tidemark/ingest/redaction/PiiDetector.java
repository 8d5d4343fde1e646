package io.tidemark.ingest.redaction;

import java.util.List;

/**
 * Finds personal data. Own detectors (names, customer numbers) are plugged in as services of this type
 * ({@code META-INF/services}); they run after the patterns, in any order, and from several threads at once.
 */
@FunctionalInterface
public interface PiiDetector {

    /** What is in the text; an empty list when there is nothing. Never null, never outside the text. */
    List<Finding> find(String text);
}
