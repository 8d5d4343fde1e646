package io.tidemark.cli.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.cli.CommandFailure;
import io.tidemark.statistics.error.StatisticsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file of reference vectors: cases of named metrics with the values that they expect. */
final class VectorsFile {

    private static final String ERROR = "error";

    private final List<JsonNode> cases;
    private final Map<String, Metric> metrics = StatisticsMetrics.byName();

    private VectorsFile(List<JsonNode> cases) {
        this.cases = cases;
    }

    static VectorsFile read(Path file) {
        JsonNode content;
        try {
            content = new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException malformed) {
            throw new CommandFailure("%s is not JSON: %s".formatted(file, malformed.getOriginalMessage()), malformed);
        } catch (IOException unreadable) {
            throw new CommandFailure("%s cannot be read; give the path of a vectors file.".formatted(file), unreadable);
        }
        if (!content.path("cases").isArray()) {
            throw new CommandFailure("%s has no list 'cases'; give a vectors file.".formatted(file));
        }
        List<JsonNode> cases = new ArrayList<>();
        content.get("cases").forEach(cases::add);
        return new VectorsFile(cases);
    }

    /** Runs every case, in the order of the file. */
    List<CaseResult> run() {
        return cases.stream().map(this::run).toList();
    }

    private CaseResult run(JsonNode testCase) {
        JsonNode wanted = testCase.path("expected");
        String id = testCase.path("id").asText("(no id)");
        Metric metric = metrics.get(testCase.path("metric").asText());
        if (metric == null) {
            return new CaseResult(id, false, wanted.toString(), "unknown metric " + testCase.path("metric"));
        }
        try {
            JsonNode got = evaluate(metric, testCase);
            return new CaseResult(id, agrees(metric, wanted, got, testCase), wanted.toString(), got.toString());
        } catch (MalformedCaseException malformed) {
            return new CaseResult(id, false, wanted.toString(), malformed.getMessage());
        } catch (RuntimeException crash) {
            return new CaseResult(id, false, wanted.toString(), "crash: " + crash);
        }
    }

    private static JsonNode evaluate(Metric metric, JsonNode testCase) {
        try {
            return metric.evaluation()
                    .apply(new MetricInputs(testCase.path("inputs")))
                    .json();
        } catch (StatisticsException refusal) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put(ERROR, refusal.code().name());
        }
    }

    private static boolean agrees(Metric metric, JsonNode wanted, JsonNode got, JsonNode testCase) {
        if (wanted.has(ERROR) || got.has(ERROR)) {
            return wanted.path(ERROR).asText("(none)").equals(got.path(ERROR).asText("none"));
        }
        return wanted.isObject() && !wanted.isEmpty() && metric.comparison().agrees(wanted, got, testCase);
    }
}
