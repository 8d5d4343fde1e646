package io.tidemark.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.deploy.manifest.RenderedOverlays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts of the platform's own health. promtool and amtool come with Debian's prometheus and prometheus-alertmanager. */
class PrometheusRulesTest {

    private static final Pattern METRIC = Pattern.compile("tidemark_[a-z_]+");
    private static final Pattern REGISTERED = Pattern.compile("\"(tidemark[._][a-z._]+)\"");
    private static final Pattern OF_A_JOB = Pattern.compile("\\.(?:gauge|counter)\\(\"([a-z_]+)\"");
    private static final Path OPERATIONS = Path.of("..", "..", "docs", "operations.md");

    @TempDir
    Path directory;

    @Test
    void promtoolTakesTheRules() throws Exception {
        writeRules();
        assertThat(run("promtool", "check", "rules", "rules.yaml")).contains("SUCCESS");
    }

    @Test
    void eachAlertFiresAndIsQuietAsItsTestSays() throws Exception {
        writeRules();
        Files.copy(Path.of("src/test/resources/prometheus/rules.test.yaml"), directory.resolve("rules.test.yaml"));
        assertThat(run("promtool", "test", "rules", "rules.test.yaml")).contains("SUCCESS");
    }

    @Test
    void amtoolTakesTheRoutes() throws Exception {
        String routes = RenderedOverlays.of("prod")
                .find("ConfigMap", "alertmanager")
                .at("/data/alertmanager.yml")
                .asText();
        Files.writeString(directory.resolve("alertmanager.yml"), routes);
        assertThat(run("amtool", "check-config", "alertmanager.yml")).contains("SUCCESS");
    }

    @Test
    void eachAlertHasATestForFiringAndOneForQuiet() throws IOException {
        String tests = Files.readString(Path.of("src/test/resources/prometheus/rules.test.yaml"));
        for (JsonNode alert : alerts()) {
            String name = alert.path("alert").asText();
            assertThat(tests)
                    .contains("name: %s fires\n".formatted(name))
                    .contains("name: %s is quiet\n".formatted(name));
        }
    }

    @Test
    void eachAlertNamesASectionOfTheOperationsPage() throws IOException {
        Set<String> sections = new TreeSet<>(Files.readString(OPERATIONS)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> "docs/operations.md#"
                        + line.replaceFirst("#+ ", "")
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace(' ', '-'))
                .toList());
        for (JsonNode alert : alerts()) {
            assertThat(sections).contains(alert.at("/annotations/runbook").asText());
        }
    }

    @Test
    void eachMetricOfRulesAndDashboardsIsOneThatSomeProcessHas() throws IOException {
        Set<String> known = registered();
        Set<String> used = new TreeSet<>();
        for (JsonNode object : List.of(
                RenderedOverlays.of("prod").find("PrometheusRule", "tidemark"),
                RenderedOverlays.of("prod").find("ConfigMap", "dashboards"))) {
            for (String expression : expressions(object)) {
                METRIC.matcher(expression).results().forEach(match -> used.add(match.group()));
            }
        }
        assertThat(used).hasSizeGreaterThan(10);
        assertThat(known).containsAll(used).doesNotContain("tidemark_sink_lag");
    }

    private static List<String> expressions(JsonNode object) throws IOException {
        if (object.path("kind").asText().equals("PrometheusRule")) {
            return object.findValuesAsText("expr");
        }
        List<String> all = new java.util.ArrayList<>();
        for (JsonNode file : object.path("data")) {
            all.addAll(new ObjectMapper().readTree(file.asText()).findValuesAsText("expr"));
        }
        return all;
    }

    /** Names of meters as they stand in the sources, in the spelling of Prometheus; a counter ends with _total there. */
    private static Set<String> registered() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("..", ".."))) {
            for (Path file : files.filter(PrometheusRulesTest::isMainSource).toList()) {
                String text = Files.readString(file);
                REGISTERED
                        .matcher(text)
                        .results()
                        .forEach(match -> add(names, match.group(1).replace('.', '_')));
                if (text.contains("PrometheusReporter.GROUP")) {
                    Matcher matcher = OF_A_JOB.matcher(text);
                    matcher.results().forEach(match -> add(names, "tidemark_job_" + match.group(1)));
                }
            }
        }
        return names;
    }

    private static void add(Set<String> names, String name) {
        names.add(name);
        names.add(name + "_total");
    }

    private static boolean isMainSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("src/main/") && !path.contains("benchmarks");
    }

    private static JsonNode alerts() throws IOException {
        return RenderedOverlays.of("prod").find("PrometheusRule", "tidemark").at("/spec/groups/0/rules");
    }

    /** JSON is YAML too. */
    private void writeRules() throws IOException {
        JsonNode spec =
                RenderedOverlays.of("prod").find("PrometheusRule", "tidemark").path("spec");
        Files.writeString(directory.resolve("rules.yaml"), spec.toPrettyString());
    }

    private String run(String... command) throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0]))))
                .as(
                        "%s is not installed (Debian: prometheus, prometheus-alertmanager); its check is left out",
                        command[0])
                .isTrue();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
