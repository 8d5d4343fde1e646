package io.tidemark.console.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.console.http.Call;
import io.tidemark.console.http.RefusedException;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * A person's wish to take a release back.
 *
 * @param release id of the release, which was given twice: once to confirm
 * @param reason why, for the audit
 */
record RollbackRequest(String release, String reason) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NAMES = Set.of("release", "confirm", "reason");
    private static final int LONGEST_RELEASE = 256;
    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 500;
    private static final int WRONG_TYPE = 415;

    /**
     * Reads a request.
     *
     * @throws RefusedException 415 when it is not JSON, 400 when something is missing or wrong
     */
    static RollbackRequest of(Call call) {
        String type = call.header().apply("Content-Type");
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new RefusedException(WRONG_TYPE, "the body must be application/json");
        }
        JsonNode document = document(call.body());
        String release = text(document, "release", 1, LONGEST_RELEASE);
        if (!release.equals(text(document, "confirm", 1, LONGEST_RELEASE))) {
            throw RefusedException.malformed("'confirm' must repeat the id of the release");
        }
        return new RollbackRequest(release, text(document, "reason", SHORTEST_REASON, LONGEST_REASON));
    }

    private static JsonNode document(byte[] body) {
        try {
            JsonNode document = JSON.readTree(body);
            Set<String> names = new TreeSet<>();
            document.fieldNames().forEachRemaining(names::add);
            if (document.isObject() && names.equals(NAMES)) {
                return document;
            }
        } catch (IOException e) {
            // answered below, as a document of another shape is
        }
        throw RefusedException.malformed("the body must be a JSON object of %s".formatted(new TreeSet<>(NAMES)));
    }

    private static String text(JsonNode document, String name, int shortest, int longest) {
        String text =
                document.path(name).isTextual() ? document.path(name).asText().strip() : "";
        if (text.length() < shortest || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw RefusedException.malformed("'%s' must be a text of %d to %d characters without control characters"
                    .formatted(name, shortest, longest));
        }
        return text;
    }
}
