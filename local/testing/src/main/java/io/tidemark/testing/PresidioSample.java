package io.tidemark.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Presidio's sample of the shared data, as far as its personal data has a shape. */
public final class PresidioSample {

    private static final Map<String, String> TYPES = Map.of(
            "EMAIL_ADDRESS", "EMAIL",
            "PHONE_NUMBER", "PHONE",
            "CREDIT_CARD", "CARD",
            "IBAN_CODE", "IBAN",
            "IP_ADDRESS", "IP",
            "US_SSN", "SSN");

    private PresidioSample() {}

    /** Its texts; the test is skipped when the shared data is not there. */
    public static List<LabelledText> texts() {
        Path file = SharedData.file("data/pii/presidio_small.jsonl.gz");
        ObjectMapper json = new ObjectMapper();
        List<LabelledText> texts = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                texts.add(text(json.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("'%s' cannot be read".formatted(file), e);
        }
        return texts;
    }

    private static LabelledText text(JsonNode sample) {
        List<LabelledText.Entity> entities = new ArrayList<>();
        for (JsonNode span : sample.get("spans")) {
            String type = TYPES.get(span.get("type").asText());
            if (type != null) {
                entities.add(new LabelledText.Entity(
                        type, span.get("value").asText(), span.get("start").asInt()));
            }
        }
        return new LabelledText(sample.get("text").asText(), entities);
    }
}
