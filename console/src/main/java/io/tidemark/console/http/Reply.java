package io.tidemark.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * An answer.
 *
 * @param headers further headers
 */
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final int OK = 200;

    public Reply {
        headers = Map.copyOf(headers);
    }

    /** 200 with a document. */
    public static Reply json(Object document) {
        return json(OK, document);
    }

    /** A document. */
    public static Reply json(int status, Object document) {
        try {
            return new Reply(status, JSON_TYPE, JSON.writeValueAsBytes(document), Map.of("Cache-Control", "no-store"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    /** What a client is told when it does not get what it asked for. */
    static Reply error(int status, String message) {
        return json(status, Map.of("error", message));
    }
}
