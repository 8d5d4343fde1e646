package io.tidemark.gateway.redaction;

import io.tidemark.ingest.redaction.Finding;
import io.tidemark.ingest.redaction.Redaction;
import io.tidemark.ingest.redaction.Redactor;
import io.tidemark.testing.LabelledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts by type what was found of what is there, and what was reported and is there. */
final class DetectionCounts {

    private final Redactor redactor = Redactor.ofTexts();
    private final Map<String, Counts> byType = new TreeMap<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    private record Counts(int expected, int found, int reported, int right) {

        Counts plus(Counts other) {
            return new Counts(
                    expected + other.expected, found + other.found, reported + other.reported, right + other.right);
        }

        double recall() {
            return expected == 0 ? 1 : found / (double) expected;
        }
    }

    void add(LabelledText sample) {
        Redaction redaction = redactor.redaction(sample.text());
        for (LabelledText.Entity entity : sample.entities()) {
            boolean found = redaction.findings().stream().anyMatch(finding -> covers(finding, entity));
            count(entity.type(), new Counts(1, found ? 1 : 0, 0, 0));
            if (!found) {
                missed.add(entity.type() + " in: " + sample.text() + " -> " + redaction.text());
            }
        }
        for (Finding finding : redaction.findings()) {
            boolean right = sample.entities().stream().anyMatch(entity -> covers(finding, entity));
            count(finding.type(), new Counts(0, 0, 1, right ? 1 : 0));
            if (!right) {
                wrong.add(finding.type() + " in: " + sample.text() + " -> " + redaction.text());
            }
        }
    }

    /** Personal data that no finding of its type covers. */
    List<String> missed() {
        return missed;
    }

    List<String> wrong() {
        return wrong;
    }

    double lowestRecall() {
        return byType.values().stream().mapToDouble(Counts::recall).min().orElseThrow();
    }

    /** Prints the table that the module's README holds. */
    void print(String title) {
        System.out.printf("%s%n| type | in the sample | found | recall | reported | precision |%n", title);
        byType.forEach((type, each) -> System.out.printf(
                "| %s | %d | %d | %.3f | %d | %.3f |%n",
                type,
                each.expected(),
                each.found(),
                each.recall(),
                each.reported(),
                each.reported() == 0 ? Double.NaN : each.right() / (double) each.reported()));
    }

    private void count(String type, Counts more) {
        byType.merge(type, more, Counts::plus);
    }

    private static boolean covers(Finding finding, LabelledText.Entity entity) {
        return finding.type().equals(entity.type())
                && finding.start() <= entity.start()
                && finding.end() >= entity.end();
    }
}
