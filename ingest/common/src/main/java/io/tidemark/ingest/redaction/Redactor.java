package io.tidemark.ingest.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Takes personal data out of texts. Where findings overlap, the one of the earlier detector stands. For use by several threads.
 */
public final class Redactor {

    private final List<PiiDetector> detectors;

    /** @param detectors asked in this order */
    public Redactor(List<PiiDetector> detectors) {
        this.detectors = List.copyOf(detectors);
    }

    /** For free text: every pattern, and the detectors that are plugged in. */
    public static Redactor ofTexts() {
        List<PiiDetector> all = new ArrayList<>(PiiPattern.all());
        ServiceLoader.load(PiiDetector.class).forEach(all::add);
        return new Redactor(all);
    }

    /**
     * For names and identifiers: only what cannot be mistaken, that is e-mail addresses, cards, IBANs and secrets. A version such as
     * {@code kb-2026-11-01} or {@code 1.2.3.4} stays what it is.
     */
    public static Redactor ofIdentifiers() {
        return new Redactor(List.copyOf(PiiPattern.unmistakable()));
    }

    /** The text without personal data; the same instance when there is none. */
    public String redact(String text) {
        List<Finding> findings = find(text);
        return findings.isEmpty() ? text : replaced(text, findings);
    }

    /** The same, with what was found. */
    public Redaction redaction(String text) {
        List<Finding> findings = find(text);
        return new Redaction(findings.isEmpty() ? text : replaced(text, findings), findings);
    }

    private List<Finding> find(String text) {
        List<Finding> kept = List.of();
        for (PiiDetector detector : detectors) {
            for (Finding finding : detector.find(text)) {
                if (kept.stream().noneMatch(finding::overlaps)) {
                    kept = kept.isEmpty() ? new ArrayList<>() : kept;
                    kept.add(finding);
                }
            }
        }
        if (kept.size() > 1) {
            kept.sort(Comparator.comparingInt(Finding::start));
        }
        return kept;
    }

    private static String replaced(String text, List<Finding> findings) {
        StringBuilder clean = new StringBuilder(text.length());
        int position = 0;
        for (Finding finding : findings) {
            clean.append(text, position, finding.start())
                    .append('[')
                    .append(finding.type())
                    .append(']');
            position = finding.end();
        }
        return clean.append(text, position, text.length()).toString();
    }
}
