package io.tidemark.gateway.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.ingest.redaction.Finding;
import io.tidemark.ingest.redaction.Redaction;
import io.tidemark.ingest.redaction.Redactor;
import io.tidemark.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Recall and precision on Presidio's sample; prints the table that the module's README holds. */
class PresidioSampleTest {

    private static final Map<String, String> TYPES = Map.of(
            "EMAIL_ADDRESS", "EMAIL",
            "PHONE_NUMBER", "PHONE",
            "CREDIT_CARD", "CARD",
            "IBAN_CODE", "IBAN",
            "IP_ADDRESS", "IP",
            "US_SSN", "SSN");

    private record Counts(int expected, int found, int reported, int right) {}

    @Test
    void patternShapedDataIsFound() throws IOException {
        Map<String, Counts> counts = new TreeMap<>();
        List<String> left = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        Redactor redactor = Redactor.ofTexts();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedData.file("data/pii/presidio_small.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                count(json.readTree(line), redactor, counts, left);
            }
        }
        System.out.println("| type | in the sample | found | recall | reported | precision |");
        counts.forEach((type, each) -> System.out.printf(
                "| %s | %d | %d | %.2f | %d | %.2f |%n",
                type,
                each.expected(),
                each.found(),
                each.expected() == 0 ? Double.NaN : each.found() / (double) each.expected(),
                each.reported(),
                each.reported() == 0 ? Double.NaN : each.right() / (double) each.reported()));
        assertThat(left).isEmpty();
        assertThat(counts.values()).allSatisfy(each -> assertThat(each.found())
                .isGreaterThanOrEqualTo((int) Math.ceil(0.95 * each.expected())));
    }

    private static void count(JsonNode sample, Redactor redactor, Map<String, Counts> counts, List<String> left) {
        Redaction redaction = redactor.redaction(sample.get("text").asText());
        for (JsonNode span : sample.get("spans")) {
            String type = TYPES.get(span.get("type").asText());
            if (type != null) {
                boolean found = redaction.findings().stream().anyMatch(finding -> covers(finding, span, type));
                counts.merge(type, new Counts(1, found ? 1 : 0, 0, 0), PresidioSampleTest::sum);
                if (redaction.text().contains(span.get("value").asText())) {
                    left.add(sample.toString());
                }
            }
        }
        for (Finding finding : redaction.findings()) {
            boolean right = false;
            for (JsonNode span : sample.get("spans")) {
                String type = TYPES.get(span.get("type").asText());
                right |= type != null && covers(finding, span, type);
            }
            counts.merge(finding.type(), new Counts(0, 0, 1, right ? 1 : 0), PresidioSampleTest::sum);
        }
    }

    private static boolean covers(Finding finding, JsonNode span, String type) {
        return finding.type().equals(type)
                && finding.start() <= span.get("start").asInt()
                && finding.end() >= span.get("end").asInt();
    }

    private static Counts sum(Counts one, Counts other) {
        return new Counts(
                one.expected() + other.expected(),
                one.found() + other.found(),
                one.reported() + other.reported(),
                one.right() + other.right());
    }
}
