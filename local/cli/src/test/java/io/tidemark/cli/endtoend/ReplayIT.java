package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.jobs.rules.model.ShippedRules;
import io.tidemark.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded traffic through the whole pipeline, against exact values. */
class ReplayIT {

    private static final String AZURE = "data/traces/azure_llm_2023_conv.csv.gz";
    private static final int AZURE_TRACES = 19_366;

    @TempDir
    private static Path directory;

    private static StackSupervisor stack;
    private static SqlClient sql;

    @BeforeAll
    static void startTheStack() {
        stack = StackSupervisor.start(
                new DataDirectory(directory.resolve("data")), ExternalParts.none(), Ports.free(), 0, note -> {});
        sql = new SqlClient(stack.endpoints().clickHouse());
    }

    @AfterAll
    static void stopTheStack() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void everyWindowOfTheAzureTraceMatchesAndASecondReplayChangesNoAnswer() throws IOException {
        Path file = SharedData.file(AZURE);
        JsonNode first = replay(file, "azure-llm");
        assertThat(first.path("sent").asLong()).isEqualTo(AZURE_TRACES);
        assertThat(first.path("accepted").asLong()).isEqualTo(AZURE_TRACES);
        assertThat(first.path("stored").asLong()).isEqualTo(AZURE_TRACES);
        assertThat(first.path("rejected").asLong()
                        + first.path("late").asLong()
                        + first.path("duplicates").asLong())
                .isZero();
        assertThat(first.path("first_event_time").asText()).isEqualTo("2023-11-16T18:15:46.680590Z");
        WindowsOracle.compare(
                sql.rows(of2023(WindowsOracle.sql(60))), SharedData.file("data/reference/azure_conv_windows_60s.csv"));
        WindowsOracle.compare(
                sql.rows(of2023(WindowsOracle.sql(300))),
                SharedData.file("data/reference/azure_conv_windows_300s.csv"));
        List<JsonNode> before = sql.rows(of2023(Answers.WINDOWS));

        JsonNode second = replay(file, "azure-llm");

        assertThat(second.path("stored").asLong()).isEqualTo(AZURE_TRACES);
        assertThat(second.path("windows")).isEqualTo(first.path("windows"));
        assertThat(sql.rows(of2023(Answers.WINDOWS))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"s1_domain_switch_one_tenant, 2026-03-01", "s2_partial_oos_mix, 2026-04-01"})
    void requestsAndErrorsOfAScenarioAreExactForEachTenantAndVersion(String name, String day) throws IOException {
        Path file = SharedData.file("data/scenarios/%s.csv.gz".formatted(name));
        replay(file, "scenario", "--start", day + "T00:00:00Z");
        List<JsonNode> rows = sql.rows(
                """
                SELECT tenant, concat(base_model, '/', fine_tune) AS model, prompt, sum(requests) AS n, sum(errors) AS failed
                FROM windows WHERE slice_level = 'tenant_version' AND window_seconds = 60 AND toDate(window_start) = '%s'
                GROUP BY ALL
                """
                        .formatted(day));
        Map<String, String> actual = new TreeMap<>();
        rows.forEach(row -> actual.put(
                "%s %s %s"
                        .formatted(
                                row.path("tenant").asText(),
                                row.path("model").asText(),
                                row.path("prompt").asText()),
                row.path("n").asText() + " " + row.path("failed").asText()));
        assertThat(actual).isEqualTo(expected(file));
    }

    /** Every third request of two tenants of s1: their first 900 s, and the windows before and after the change of one of them. */
    @Test
    void theTextsOfTheTenantThatChangedDriftAndTheViewSaysWhatTheReportSays() throws IOException {
        Path whole = SharedData.file("data/scenarios/s1_domain_switch_one_tenant.csv.gz");
        Path file = Files.write(directory.resolve("texts.csv"), aroundTheChange(whole));
        Path texts = SharedData.file("data/text/clinc150.jsonl.gz").getParent();

        JsonNode report = replay(
                file,
                "scenario",
                "--start",
                "2026-05-01T00:00:00Z",
                "--texts",
                texts.toString(),
                "--baseline-seconds",
                "900");

        List<String> moved = new ArrayList<>();
        List<String> tested = new ArrayList<>();
        for (JsonNode test : report.path("drift")) {
            if (test.path("kind").asText().equals("embedding")
                    && test.at("/slice/level").asText().equals("tenant")) {
                String name = test.at("/slice/tenant").asText() + " "
                        + test.path("window_start").asText() + " "
                        + test.path("signal").asBoolean();
                tested.add(name + " " + test.path("n").asText());
                if (test.path("signal").asBoolean()) {
                    moved.add(name);
                }
            }
        }
        assertThat(moved).containsExactly("tenant-a 2026-05-01T00:30:00Z true");
        assertThat(tested).hasSize(4);
        assertThat(sql
                        .rows(
                                """
                                SELECT concat(tenant, ' ', formatDateTime(window_start, '%Y-%m-%dT%H:%i:%SZ'), ' ',
                                    if(signal, 'true', 'false'), ' ', toString(n)) AS test
                                FROM drift WHERE kind = 'embedding' AND slice_level = 'tenant' AND toYYYYMM(window_start) = 202605
                                """)
                        .stream()
                        .map(row -> row.path("test").asText()))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    private static List<String> aroundTheChange(Path scenario) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = gzip(scenario)) {
            List<String> header = List.of(reader.readLine().split(",", -1));
            lines.add(String.join(",", header));
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                long seconds = Long.parseLong(cells[header.indexOf("offset_ms")]) / 1_000;
                // a window is whole when something came after it
                boolean isWanted = seconds < 900 || seconds >= 1_500 && seconds < 2_110;
                boolean isOther = cells[header.indexOf("tenant")].equals("tenant-b");
                if (lines.size() == 1 || isWanted && !isOther && number++ % 3 == 0) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static BufferedReader gzip(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    @Test
    void aMalformedLineIsNamedAndCountedAndLosesNothingElse() throws IOException {
        Path file = Files.writeString(
                directory.resolve("broken.csv"),
                """
                TIMESTAMP,ContextTokens,GeneratedTokens
                2024-02-01 00:00:00.0000000,10,20
                2024-02-01 00:00:01.0000000,many,20
                2024-02-01 00:00:02.0000000,30,40
                """);
        Path report = directory.resolve("broken.json");

        Cli replay = Cli.run(
                "replay",
                file,
                "--format",
                "azure-llm",
                "--data",
                data(),
                "--tenant",
                "broken-file",
                "--report",
                report);

        assertThat(replay.exitCode()).as(replay.error()).isZero();
        assertThat(replay.error()).contains("broken.csv, line 3, column 2: ContextTokens = 'many'");
        JsonNode figures = new ObjectMapper().readTree(report.toFile());
        assertThat(figures.path("sent").asLong()).isEqualTo(2);
        assertThat(figures.path("rejected").asLong()).isEqualTo(1);
        assertThat(figures.path("stored").asLong()).isEqualTo(2);
    }

    @Test
    void theTopicsOfAFinishedRunAreGone() throws Exception {
        Path file = Files.writeString(
                directory.resolve("small.csv"),
                """
                TIMESTAMP,ContextTokens,GeneratedTokens
                2024-03-01 00:00:00.0000000,10,20
                """);
        replay(file, "azure-llm");
        try (var admin = org.apache.kafka.clients.admin.Admin.create(
                stack.endpoints().kafka().client())) {
            assertThat(admin.listTopics().names().get()).noneMatch(name -> name.contains(".replay-"));
        }
    }

    @Test
    void rulesArePublishedAsAWholeOrNotAtAll() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("own-rules"));
        String valid = ShippedRules.texts().get("error-rate.yaml");
        Files.writeString(folder.resolve("error-rate.yaml"), valid);
        assertThat(Cli.run("rules", "publish", folder, "--data", data()).exitCode())
                .isZero();
        Files.writeString(folder.resolve("error-rate.yaml"), valid.replace("0.005", "0.01"));
        Files.writeString(folder.resolve("other.yaml"), valid.replace("critical", "page"));

        Cli refused = Cli.run("rules", "publish", folder, "--data", data());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error())
                .contains(
                        "other.yaml, line 6, key 'severity': 'page' is not allowed; allowed are critical, warning, info")
                .contains("nothing was published");
        Files.delete(folder.resolve("other.yaml"));
        Cli changed = Cli.run("rules", "publish", folder, "--data", data());
        assertThat(changed.output()).containsPattern("error-rate +2 +changed");

        Cli list = Cli.run("rules", "list", "--data", data());
        assertThat(list.output()).containsPattern("error-rate +2 +critical");
        Cli retired = Cli.run("rules", "publish", directory.resolve("none"), "--data", data());
        assertThat(retired.error()).contains("cannot be read");
    }

    @Test
    void aReplayDecidesAboutTheReleaseOfItsTime() throws IOException {
        Cli start = Cli.run(
                "release",
                "start",
                "--data",
                data(),
                "--release",
                "r-1",
                "--control",
                "base_model=m1,prompt=p8,eval_pass=e1",
                "--candidate",
                "prompt=p9,eval_pass=e2",
                "--start",
                ReleaseTraffic.START,
                "--tenant",
                "release-test");
        assertThat(start.exitCode()).as(start.error()).isZero();
        Cli again = Cli.run(
                "release",
                "start",
                "--data",
                data(),
                "--release",
                "r-1",
                "--control",
                "prompt=p8",
                "--candidate",
                "prompt=p9,eval_pass=e2");
        assertThat(again.error()).startsWith("tidemark: there is a release 'r-1' already");

        JsonNode report = replay(ReleaseTraffic.write(directory.resolve("release.jsonl")), "tidemark");

        JsonNode last = report.path("decisions").path(report.path("decisions").size() - 1);
        assertThat(last.path("verdict").asText()).isEqualTo("rollback");
        assertThat(last.path("release").asText()).isEqualTo("r-1");
        assertThat(last.path("candidate").path("prompt").asText()).isEqualTo("p9");
        assertThat(sql.rows("SELECT decision_id, verdict, rollback_target_prompt AS target FROM verdicts "
                                + "WHERE release_id = 'r-1' AND verdict = 'rollback'")
                        .get(0))
                .isEqualTo(new ObjectMapper()
                        .createObjectNode()
                        .put("decision_id", last.path("decision_id").asText())
                        .put("verdict", "rollback")
                        .put("target", "p8"));
    }

    @Test
    void theRunningStackIsInOrderForTheDoctor() {
        Cli doctor = Cli.run("doctor", "--data", data());
        assertThat(doctor.exitCode()).as(doctor.output()).isZero();
        assertThat(doctor.output()).contains("Kafka", "schema registry", "ClickHouse", "sink lag");
    }

    @Test
    void queryAttachesToTheRunningStackAndAnswersInAnyFormat() {
        Cli query = Cli.run("query", "SELECT 1 AS one, 'ä' AS letter", "--data", data(), "--format", "JSONEachRow");
        assertThat(query.exitCode()).as(query.error()).isZero();
        assertThat(query.output()).isEqualTo("{\"one\":1,\"letter\":\"ä\"}\n");
    }

    @Test
    void aStatementThatClickHouseRefusesIsOneSentence() {
        Cli query = Cli.run("query", "SELECT nothing FROM nowhere", "--data", data());
        assertThat(query.exitCode()).isEqualTo(1);
        assertThat(query.error())
                .startsWith("tidemark: ClickHouse refuses the statement: Code:")
                .doesNotContain("\tat ");
    }

    @Test
    void aSecondStackOnTheSameDataIsRefused() {
        Cli up = Cli.run("up", "--data", data());
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.error()).contains("another stack has the data directory").doesNotContain("\tat ");
    }

    private static Path data() {
        return stack.data().root();
    }

    /** Runs of this class are kept apart by their years. */
    private static String of2023(String statement) {
        return statement.contains("WHERE")
                ? statement.replace("WHERE", "WHERE toYear(window_start) = 2023 AND")
                : statement + " WHERE toYear(window_start) = 2023";
    }

    private static JsonNode replay(Path file, String format, String... more) throws IOException {
        List<Object> arguments =
                new ArrayList<>(List.of("replay", file, "--format", format, "--data", data(), "--json"));
        arguments.addAll(List.of(more));
        Cli replay = Cli.run(arguments.toArray());
        assertThat(replay.exitCode()).as(replay.error()).isZero();
        return new ObjectMapper().readTree(replay.output());
    }

    /** Requests and errors of each tenant, model and prompt, counted in the file itself. */
    private static Map<String, String> expected(Path file) throws IOException {
        Map<String, long[]> counts = new TreeMap<>();
        try (BufferedReader reader = gzip(file)) {
            List<String> header = List.of(reader.readLine().split(",", -1));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                String slice = "%s %s %s"
                        .formatted(
                                cells[header.indexOf("tenant")],
                                cells[header.indexOf("model_version")],
                                cells[header.indexOf("prompt_version")]);
                long[] count = counts.computeIfAbsent(slice, key -> new long[2]);
                count[0]++;
                count[1] += Long.parseLong(cells[header.indexOf("error")]);
            }
        }
        Map<String, String> expected = new TreeMap<>();
        counts.forEach((slice, count) -> expected.put(slice, count[0] + " " + count[1]));
        return expected;
    }
}
