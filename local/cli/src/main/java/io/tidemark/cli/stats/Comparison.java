package io.tidemark.cli.stats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How the outputs of a metric are compared with those that a case expects. */
@FunctionalInterface
interface Comparison {

    /** Numbers within {@code abs + rel * |want|}; lists of the same length, element by element. */
    Comparison WITHIN_TOLERANCE = (wanted, got, testCase) -> matches(wanted, got, Tolerance.of(testCase));

    /** Whether {@code got} is good enough for {@code wanted}. */
    boolean agrees(JsonNode wanted, JsonNode got, JsonNode testCase);

    /** Compares two values of any shape; names that are not wanted are ignored. */
    static boolean matches(JsonNode wanted, JsonNode got, Tolerance tolerance) {
        if (got == null
                || wanted.getNodeType() != got.getNodeType()
                        && JsonNumber.read(wanted).isEmpty()) {
            return false;
        }
        if (wanted.isObject()) {
            return fieldsMatch(wanted, got, tolerance);
        }
        if (wanted.isArray()) {
            return elementsMatch(wanted, got, tolerance);
        }
        if (JsonNumber.read(wanted).isPresent()) {
            return JsonNumber.read(got).isPresent()
                    && tolerance.admits(
                            JsonNumber.read(wanted).getAsDouble(),
                            JsonNumber.read(got).getAsDouble());
        }
        return wanted.equals(got);
    }

    private static boolean fieldsMatch(JsonNode wanted, JsonNode got, Tolerance tolerance) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            if (!matches(field.getValue(), got.get(field.getKey()), tolerance)) {
                return false;
            }
        }
        return true;
    }

    private static boolean elementsMatch(JsonNode wanted, JsonNode got, Tolerance tolerance) {
        if (wanted.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!matches(wanted.get(i), got.get(i), tolerance)) {
                return false;
            }
        }
        return true;
    }
}
