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

    /** One question for all that is compared: each one starts the engine. */
    private static final String STORED =
            """
            SELECT * FROM
            (SELECT any(decision_id) AS decision_id, toString(any(event_time)) AS decided, any(attribution) AS attribution,
                max(arrayMax(arrayMap((e, t) -> e / t, `guardrails.e_value`, `guardrails.threshold`))) AS excess
                FROM verdicts WHERE release_id = 'demo' AND verdict = 'rollback') AS v,
            (SELECT groupUniqArray(alert_id) AS alerts, groupUniqArray(decision_id) AS alerted
                FROM alerts WHERE release_id = 'demo' AND state = 'firing') AS a,
            (SELECT groupArray(phase) AS phases, min(dry_run) AS dry, groupUniqArray(decision_id) AS acted_on,
                max(recover_millis) AS recovered, toString(any(onset_time)) AS onset
                FROM (SELECT * FROM actions WHERE release_id = 'demo' ORDER BY recorded_time)) AS c,
            (SELECT toString(max(event_time)) AS last_of_candidate FROM traces WHERE prompt = 'support-v2') AS t
            """;

    @TempDir
    private static Path directory;

    private static Cli demo;
    private static JsonNode stored;

    /** A line of the story. */
    private record Step(Instant event, double afterFault, double byClock, String what) {}

    @BeforeAll
    static void runTheDemo() throws IOException {
        Path data = directory.resolve("data");
        demo = Cli.run("demo", "--keep", "--data", data);
        Cli answer = Cli.run("query", "--data", data, "--format", "JSONEachRow", STORED);
        assertThat(answer.exitCode()).as(demo.error() + answer.error()).isZero();
        stored = new ObjectMapper().readTree(answer.output());
    }

    @Test
    void theStoryGoesFromTheFaultToTheRecoveryInOrder() {
        assertThat(demo.exitCode()).as(demo.error()).isZero();
        List<Step> steps = steps();
        assertThat(steps)
                .extracting(Step::what)
                .satisfiesExactly(
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
    void theVerdictIsTheStoredOneAndNamesThePrompt() {
        assertThat(demo.output())
                .contains("decision " + stored.path("decision_id").asText());
        assertThat(steps().get(1).event()).isEqualTo(instant("decided"));
        assertThat(stored.path("excess").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(stored.path("attribution").asText()).isEqualTo("prompt");
        assertThat(demo.output()).contains("because of   prompt");
        Matcher evidence = Pattern.compile("evidence     \\w+: e-value (\\S+) \\(threshold (\\S+)\\)")
                .matcher(demo.output());
        assertThat(evidence.find()).isTrue();
        assertThat(Double.parseDouble(evidence.group(1))).isGreaterThan(Double.parseDouble(evidence.group(2)));
    }

    @Test
    void oneAlertOneDryRunAndOneRecoveryAreOnRecord() {
        assertThat(stored.path("alerts").size()).isOne();
        assertThat(demo.output())
                .contains("alert        " + stored.path("alerts").path(0).asText());
        assertThat(stored.path("phases").toString()).isEqualTo("[\"intended\",\"done\",\"verified\"]");
        assertThat(stored.path("dry").asBoolean()).isTrue();
        assertThat(stored.path("acted_on")).isEqualTo(stored.path("alerted"));
        assertThat(stored.path("acted_on").toString())
                .isEqualTo("[\"%s\"]".formatted(stored.path("decision_id").asText()));
        Instant recovered = instant("onset").plusMillis(stored.path("recovered").asLong());
        List<Step> steps = steps();
        assertThat(steps.get(steps.size() - 1).event()).isEqualTo(recovered);
    }

    @Test
    void afterTheRerouteTheCandidateHasNoTrafficAndOnlyItsPromptIsBad() {
        assertThat(instant("last_of_candidate")).isBefore(steps().get(4).event());
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

    private static Instant instant(String column) {
        return Instant.parse(stored.path(column).asText().replace(' ', 'T') + "Z");
    }
}
