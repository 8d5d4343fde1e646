package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares windows in ClickHouse with a file of exact values. */
final class WindowsOracle {

    private static final double RELATIVE_ERROR = 0.01;

    private WindowsOracle() {}

    static String sql(int seconds) {
        return """
                SELECT formatDateTime(window_start, '%%Y-%%m-%%d %%H:%%i:%%S') AS window_start_utc, requests,
                       input_tokens_sum AS context_sum, output_tokens_sum AS generated_sum,
                       input_tokens_max AS context_max, output_tokens_max AS generated_max,
                       tidemark_quantile(input_tokens_hist, 0.5) AS context_p50,
                       tidemark_quantile(input_tokens_hist, 0.95) AS context_p95,
                       tidemark_quantile(input_tokens_hist, 0.99) AS context_p99,
                       tidemark_quantile(output_tokens_hist, 0.5) AS generated_p50,
                       tidemark_quantile(output_tokens_hist, 0.95) AS generated_p95,
                       tidemark_quantile(output_tokens_hist, 0.99) AS generated_p99
                FROM windows WHERE slice_level = 'all' AND final AND window_seconds = %d ORDER BY window_start
                """
                .formatted(seconds);
    }

    static void compare(List<JsonNode> actual, Path reference) throws IOException {
        List<String> lines = Files.readAllLines(reference);
        String[] names = lines.get(0).split(",", -1);
        assertThat(actual).hasSize(lines.size() - 1);
        for (int row = 0; row < actual.size(); row++) {
            compare(actual.get(row), cells(names, lines.get(row + 1)));
        }
    }

    private static Map<String, String> cells(String[] names, String line) {
        String[] values = line.split(",", -1);
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            cells.put(names[i], values[i]);
        }
        return cells;
    }

    private static void compare(JsonNode actual, Map<String, String> expected) {
        String window = expected.get("window_start_utc");
        expected.forEach((name, value) -> {
            if (name.matches(".*_p\\d+")) {
                double exact = Double.parseDouble(value);
                assertThat(actual.path(name).asDouble())
                        .as("%s of %s", name, window)
                        .isCloseTo(exact, within(exact * RELATIVE_ERROR));
            } else {
                assertThat(actual.path(name).asText())
                        .as("%s of %s", name, window)
                        .isEqualTo(value);
            }
        });
    }
}
