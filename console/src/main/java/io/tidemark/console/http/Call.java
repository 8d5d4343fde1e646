package io.tidemark.console.http;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A request.
 *
 * @param parameters of its query string, each once
 * @param header value of a header by its name, or null
 * @param body what was sent; empty unless it is a POST
 */
public record Call(String path, Map<String, String> parameters, UnaryOperator<String> header, byte[] body) {

    public Call {
        parameters = Map.copyOf(parameters);
    }
}
