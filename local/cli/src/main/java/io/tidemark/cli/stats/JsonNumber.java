package io.tidemark.cli.stats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;

/** Numbers as vectors files write them: JSON numbers, and the texts "NaN", "Infinity" and "-Infinity". */
final class JsonNumber {

    private JsonNumber() {}

    static OptionalDouble read(JsonNode node) {
        if (node.isNumber()) {
            return OptionalDouble.of(node.doubleValue());
        }
        if (!node.isTextual()) {
            return OptionalDouble.empty();
        }
        return switch (node.textValue()) {
            case "NaN" -> OptionalDouble.of(Double.NaN);
            case "Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> OptionalDouble.empty();
        };
    }
}
