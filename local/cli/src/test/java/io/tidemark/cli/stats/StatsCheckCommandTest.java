package io.tidemark.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.Tidemark;
import io.tidemark.testing.SharedData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatsCheckCommandTest {

    private static final String HELLINGER =
            """
            {"id": "%s", "metric": "%s", "inputs": {"baseline_counts": %s, "current_counts": [1, 0]},
             "expected": %s, "tolerance": {"abs": 1e-12, "rel": 1e-9}}""";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void allPublishedCasesPass() throws IOException {
        Path vectors = SharedData.file("reference/statistics.json");
        int cases = new ObjectMapper()
                .readTree(Files.readString(vectors))
                .path("cases")
                .size();
        assertThat(check(vectors)).as(out.toString()).isZero();
        assertThat(out.toString().strip()).isEqualTo("%d passed, 0 failed".formatted(cases));
    }

    @Test
    void everyPublishedMetricIsRegisteredUnderItsName() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(Files.readString(SharedData.file("reference/statistics.json")))
                .path("cases");
        assertThat(cases).allSatisfy(testCase -> assertThat(StatisticsMetrics.byName())
                .containsKey(testCase.path("metric").asText()));
    }

    @Test
    void aFailingCaseIsShownWithWantedAndGot() throws IOException {
        Path vectors = vectors(
                HELLINGER.formatted("good", "hellinger", "[0, 1]", "{\"hellinger\": 1.0}"),
                HELLINGER.formatted("wrong", "hellinger", "[0, 1]", "{\"hellinger\": 0.5}"));
        assertThat(check(vectors)).isNotZero();
        assertThat(out.toString().lines())
                .containsExactly("wrong: wanted {\"hellinger\":0.5}, got {\"hellinger\":1.0}", "1 passed, 1 failed");
    }

    @Test
    void anUnknownMetricFails() throws IOException {
        assertThat(check(vectors(HELLINGER.formatted("new", "no_such", "[0, 1]", "{\"error\": \"OUT_OF_RANGE\"}"))))
                .isNotZero();
        assertThat(out.toString()).contains("unknown metric \"no_such\"").contains("0 passed, 1 failed");
    }

    @Test
    void aRefusalPassesOnlyUnderTheCodeThatIsWanted() throws IOException {
        Path vectors = vectors(
                HELLINGER.formatted("right", "hellinger", "[0, \"NaN\"]", "{\"error\": \"NON_FINITE_INPUT\"}"),
                HELLINGER.formatted("other", "hellinger", "[0, -1]", "{\"error\": \"NON_FINITE_INPUT\"}"),
                HELLINGER.formatted("value", "hellinger", "[0, -1]", "{\"hellinger\": 1.0}"),
                HELLINGER.formatted("none", "hellinger", "[0, 1]", "{\"error\": \"NEGATIVE_COUNT\"}"));
        assertThat(check(vectors)).isNotZero();
        assertThat(out.toString().lines().toList())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("other: ") && line.endsWith("{\"error\":\"NEGATIVE_COUNT\"}"))
                .anyMatch(line -> line.startsWith("value: "))
                .anyMatch(line -> line.startsWith("none: "))
                .endsWith("1 passed, 3 failed");
    }

    @Test
    void anInputOfAnotherShapeFailsItsCaseOnly() throws IOException {
        Path vectors = vectors(
                HELLINGER.formatted("text", "hellinger", "[\"many\"]", "{\"hellinger\": 1.0}"),
                HELLINGER.formatted("scalar", "hellinger", "3", "{\"hellinger\": 1.0}"),
                HELLINGER.formatted("absent", "hellinger", "null", "{\"hellinger\": 1.0}"),
                HELLINGER.formatted("unwanted", "hellinger", "[0, 1]", "{}"),
                HELLINGER.formatted("misnamed", "hellinger", "[0, 1]", "{\"distance\": 1.0}"));
        assertThat(check(vectors)).isNotZero();
        assertThat(out.toString()).contains("0 passed, 5 failed").contains("the case has no input 'baseline_counts'");
    }

    @Test
    void filesThatAreNoVectorsFilesAreRefused() throws IOException {
        assertThat(check(folder.resolve("absent.json"))).isNotZero();
        assertThat(check(Files.writeString(folder.resolve("text.json"), "no json")))
                .isNotZero();
        assertThat(check(Files.writeString(folder.resolve("list.json"), "[]"))).isNotZero();
        assertThat(check(Files.writeString(folder.resolve("empty.json"), "{\"cases\": []}")))
                .isNotZero();
        assertThat(err.toString())
                .contains("absent.json")
                .contains("is not JSON")
                .contains("has no list 'cases'");
    }

    private Path vectors(String... cases) throws IOException {
        return Files.writeString(
                folder.resolve("vectors.json"), "{\"cases\": [%s]}".formatted(String.join(",", cases)));
    }

    private int check(Path vectors) {
        CommandLine commandLine = Tidemark.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute("stats", "check", vectors.toString());
    }
}
