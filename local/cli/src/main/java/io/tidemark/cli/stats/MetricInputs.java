package io.tidemark.cli.stats;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import java.util.ArrayList;
import java.util.List;

/** The inputs of a case, by name; the texts "NaN", "Infinity" and "-Infinity" are numbers. */
final class MetricInputs {

    private final JsonNode inputs;

    MetricInputs(JsonNode inputs) {
        this.inputs = inputs;
    }

    boolean has(String name) {
        return inputs.hasNonNull(name);
    }

    double number(String name) {
        return number(name, field(name));
    }

    double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    /** A whole number; NaN and infinities are refused as the statistics refuse them. */
    long whole(String name) {
        return whole(name, number(name));
    }

    double[] numbers(String name) {
        return numbers(name, field(name));
    }

    /** Whole numbers, for methods that count; NaN and infinities are refused as the statistics refuse them. */
    long[] wholes(String name) {
        double[] numbers = numbers(name);
        long[] wholes = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            wholes[i] = whole(name, numbers[i]);
        }
        return wholes;
    }

    /** A list of lists of numbers. */
    double[][] rows(String name) {
        JsonNode field = list(name, field(name));
        double[][] rows = new double[field.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = numbers(name, field.get(i));
        }
        return rows;
    }

    /** A list of lists of whole numbers. */
    long[][] wholeRows(String name) {
        double[][] rows = rows(name);
        long[][] wholes = new long[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            wholes[i] = new long[rows[i].length];
            for (int j = 0; j < rows[i].length; j++) {
                wholes[i][j] = whole(name, rows[i][j]);
            }
        }
        return wholes;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        list(name, field(name)).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private JsonNode field(String name) {
        if (!has(name)) {
            throw new MalformedCaseException("the case has no input '%s'".formatted(name));
        }
        return inputs.get(name);
    }

    private static JsonNode list(String name, JsonNode node) {
        if (!node.isArray()) {
            throw new MalformedCaseException("input '%s' must be a list, got %s".formatted(name, node));
        }
        return node;
    }

    private static double[] numbers(String name, JsonNode node) {
        list(name, node);
        double[] numbers = new double[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(name, node.get(i));
        }
        return numbers;
    }

    private static double number(String name, JsonNode node) {
        return JsonNumber.read(node)
                .orElseThrow(
                        () -> new MalformedCaseException("input '%s' must hold numbers, got %s".formatted(name, node)));
    }

    private static long whole(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new StatisticsException(
                    ErrorCode.NON_FINITE_INPUT, "%s must be finite, got %s".formatted(name, value));
        }
        if (value != Math.rint(value) || Math.abs(value) >= Long.MAX_VALUE) {
            throw new MalformedCaseException("input '%s' must be a whole number, got %s".formatted(name, value));
        }
        return (long) value;
    }
}
