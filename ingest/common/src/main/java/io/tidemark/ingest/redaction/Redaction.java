package io.tidemark.ingest.redaction;

import java.util.List;

/**
 * A text without its personal data.
 *
 * @param text the text, each finding replaced by its type in brackets
 * @param findings what was taken out, with places in the original text, ascending
 */
public record Redaction(String text, List<Finding> findings) {

    public Redaction {
        findings = List.copyOf(findings);
    }
}
