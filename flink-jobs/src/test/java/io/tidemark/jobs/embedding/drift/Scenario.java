package io.tidemark.jobs.embedding.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.embedding.TextOrigin;
import io.tidemark.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Requests of a shared scenario, and what is expected of them. */
final class Scenario {

    static final long BASELINE_MILLIS = 900_000;
    static final int WINDOW_SECONDS = 300;

    private Scenario() {}

    /**
     * A request.
     *
     * @param sequence number in the file
     * @param offsetMillis event time from the start
     * @param textId row of its text
     */
    record Request(
            long sequence, long offsetMillis, String tenant, String model, String prompt, int textId, String intent) {

        boolean isBetween(long fromMillis, long toMillis) {
            return offsetMillis >= fromMillis && offsetMillis < toMillis;
        }

        ScoredText scored(float[] vector, String backendId) {
            String[] version = {model, "none", prompt, "none", "none", "none", "none"};
            TextOrigin origin = new TextOrigin(
                    tenant,
                    version,
                    TrafficRole.PRODUCTION.ordinal(),
                    intent,
                    "t" + sequence,
                    sequence,
                    offsetMillis,
                    1);
            return new ScoredText(origin, hash(textId), vector, Double.NaN, backendId);
        }
    }

    private static long hash(int textId) {
        byte[] text = Integer.toString(textId).getBytes(StandardCharsets.US_ASCII);
        return Fingerprint.of(text, 0, text.length);
    }

    static ProfileHead baseline() {
        return new ProfileHead(
                "first-900-s",
                BaselineSource.REPLAY,
                "",
                Optional.empty(),
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.ofEpochMilli(BASELINE_MILLIS)),
                Instant.EPOCH,
                Optional.empty(),
                "test");
    }

    static List<Request> requests(String name) throws IOException {
        List<Request> requests = new ArrayList<>();
        try (BufferedReader lines = gzip("data/scenarios/" + name + ".csv.gz")) {
            List<String> header = List.of(lines.readLine().split(",", -1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                requests.add(new Request(
                        Long.parseLong(cells[header.indexOf("seq")]),
                        Long.parseLong(cells[header.indexOf("offset_ms")]),
                        cells[header.indexOf("tenant")],
                        cells[header.indexOf("model_version")],
                        cells[header.indexOf("prompt_version")],
                        Integer.parseInt(cells[header.indexOf("text_id")]),
                        cells[header.indexOf("intent")]));
            }
        }
        return requests;
    }

    /** Texts of the corpus that the scenarios draw from, by row. */
    static Map<Integer, String> texts(List<Request> wanted) throws IOException {
        Map<Integer, String> texts = new java.util.TreeMap<>();
        java.util.Set<Integer> ids = new java.util.HashSet<>();
        wanted.forEach(request -> ids.add(request.textId()));
        ObjectMapper mapper = new ObjectMapper();
        try (BufferedReader lines = gzip("data/text/clinc150.jsonl.gz")) {
            int row = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (ids.contains(row++)) {
                    texts.put(row - 1, mapper.readTree(line).get("text").asText());
                }
            }
        }
        return texts;
    }

    static JsonNode expected(String name) throws IOException {
        return new ObjectMapper().readTree(Files.readString(SharedData.file("data/scenarios/" + name + ".json")));
    }

    private static BufferedReader gzip(String relative) throws IOException {
        Path file = SharedData.file(relative);
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }
}
