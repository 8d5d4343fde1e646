package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as people see it; what it says is held against what was stored. */
class DemoIT {

    private static final Pattern STEP =
            Pattern.compile("(\\S+Z) +(\\d+\\.\\d) s +(\\d+\\.\\d) s {2}(.*)", Pattern.MULTILINE);
    private static final String BAD = "prompt = 'support-v2'";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static Path data;
    private static Cli demo;

    /** A line of the story. */
    private record Step(Instant event, double afterFault, double byClock, String what) {}

    @BeforeAll
    static void runTheDemo() {
        data = directory.resolve("data");
        demo = Cli.run("demo", "--keep", "--data", data);
    }

    @Test
    void theStoryGoesFromTheFaultToTheRecoveryInOrder() {
        assertThat(demo.exitCode()).as(demo.error()).isZero();
        List<Step> steps = steps();
        assertThat(steps).extracting(Step::what).satisfiesExactly(
                what -> assertThat(what).contains("turns bad"),
                what -> assertThat(what).isEqualTo("canary job: rollback"),
                what -> assertThat(what).isEqualTo("alert fires"),
                what -> assertThat(what).contains("dry run: nothing was changed"),
                what -> assertThat(what).contains("no more calls to the candidate"),
                what -> assertThat(what).contains("back to normal"));
        assertThat(steps).extracting(Step::byClock).isSorted();
        Instant fault = steps.get(0).event();
        for (Step step : steps) {
            double seconds = Duration.between(fault, step.event()).toMillis() / 1_000.0;
            assertThat(step.afterFault()).isCloseTo(seconds, org.assertj.core.data.Offset.offset(0.06));
        }
    }

    @Test
    void theVerdictIsTheStoredOneAndNamesThePrompt() throws IOException {
        JsonNode verdict = row(
                """
                SELECT decision_id, toString(event_time) AS time, attribution, arrayMax(arrayMap((e, t) -> e / t,
                    `guardrails.e_value`, `guardrails.threshold`)) AS excess
                FROM verdicts WHERE release_id = 'demo' AND verdict = 'rollback'
                """);
        assertThat(demo.output()).contains("decision " + verdict.path("decision_id").asText());
        assertThat(steps().get(1).event()).isEqualTo(instant(verdict.path("time").asText()));
        assertThat(verdict.path("excess").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(verdict.path("attribution").asText()).isEqualTo("prompt");
        assertThat(demo.output()).contains("because of   prompt");
        Matcher evidence = Pattern.compile("evidence     \\w+: e-value (\\S+) \\(threshold (\\S+)\\)")
                .matcher(demo.output());
        assertThat(evidence.find()).isTrue();
        assertThat(Double.parseDouble(evidence.group(1))).isGreaterThan(Double.parseDouble(evidence.group(2)));
    }

    @Test
    void oneAlertOneDryRunAndOneRecoveryAreOnRecord() throws IOException {
        JsonNode alert = row(
                "SELECT DISTINCT alert_id, decision_id, severity FROM alerts WHERE release_id = 'demo' AND state = 'firing'");
        assertThat(demo.output()).contains("alert        " + alert.path("alert_id").asText());
        assertThat(alert.path("severity").asText()).isEqualTo("critical");
        JsonNode audit = row(
                """
                SELECT groupArray(phase) AS phases, min(dry_run) AS dry, uniqExact(decision_id) AS decisions,
                    any(decision_id) AS decision_id, max(recover_millis) AS recovered,
                    toString(any(onset_time)) AS onset
                FROM (SELECT * FROM actions WHERE release_id = 'demo' ORDER BY recorded_time)
                """);
        assertThat(audit.path("phases").toString()).isEqualTo("[\"intended\",\"done\",\"verified\"]");
        assertThat(audit.path("dry").asBoolean()).isTrue();
        assertThat(audit.path("decisions").asInt()).isOne();
        assertThat(audit.path("decision_id")).isEqualTo(alert.path("decision_id"));
        Instant recovered =
                instant(audit.path("onset").asText()).plusMillis(audit.path("recovered").asLong());
        List<Step> steps = steps();
        assertThat(steps.get(steps.size() - 1).event()).isEqualTo(recovered);
    }

    @Test
    void afterTheRerouteTheCandidateHasNoTrafficAndOnlyItsPromptIsBad() throws IOException {
        Instant rerouted = steps().get(4).event();
        JsonNode candidate = row("SELECT toString(max(event_time)) AS last FROM traces WHERE " + BAD);
        assertThat(instant(candidate.path("last").asText())).isBefore(rerouted);
        List<String[]> rows = demo.output()
                .lines()
                .filter(line -> line.matches("support-v[12] .*"))
                .map(line -> line.split(" +"))
                .toList();
        assertThat(rows).hasSize(3);
        for (String[] row : rows) {
            double before = Double.parseDouble(row[row.length - 2]);
            double after = Double.parseDouble(row[row.length - 1]);
            assertThat(after > 1.3 * before).as(String.join(" ", row)).isEqualTo(row[0].equals("support-v2"));
        }
    }

    private static List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(demo.output());
        while (matcher.find()) {
            steps.add(new Step(
                    Instant.parse(matcher.group(1)),
                    Double.parseDouble(matcher.group(2)),
                    Double.parseDouble(matcher.group(3)),
                    matcher.group(4)));
        }
        return steps;
    }

    private static JsonNode row(String sql) throws IOException {
        Cli answer = Cli.run("query", "--data", data, "--format", "JSONEachRow", sql);
        assertThat(answer.exitCode()).as(answer.error()).isZero();
        assertThat(answer.output().lines()).hasSize(1);
        return JSON.readTree(answer.output());
    }

    private static Instant instant(String sqlTime) {
        return Instant.parse(sqlTime.replace(' ', 'T') + "Z");
    }
}
