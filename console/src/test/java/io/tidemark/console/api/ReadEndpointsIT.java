package io.tidemark.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.console.ConsoleStage;
import io.tidemark.testing.ClickHouseExtension;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for every path of the API, by its own document. */
class ReadEndpointsIT {

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    private static final String RANGE = "from=2026-01-01T12:00:00Z&to=2026-01-01T14:00:00Z";

    /** Hostile requests for each path; more with {@code -Dtidemark.fuzz=N}. */
    private static final int HOSTILE = Integer.getInteger("tidemark.fuzz", 150);

    private static ConsoleStage stage;

    @BeforeAll
    static void fill() throws Exception {
        stage = ConsoleStage.over(CLICKHOUSE, Instant.parse("2026-01-01T14:00:00Z"));
        stage.tellStory();
    }

    @AfterAll
    static void close() throws SQLException {
        stage.close();
    }

    @Test
    void everyPathAnswersAboutEveryTenantWithItsStatement() throws Exception {
        for (Path path : paths()) {
            JsonNode answer = ok(path.url(Map.of()), ConsoleStage.EVERYTHING);
            if (path.hasStatement()) {
                assertThat(answer.path("rows")).as(path.name()).isNotEmpty();
                assertThat(stage.rows(answer.path("sql").asText()))
                        .as(path.name())
                        .hasSameSizeAs(answer.path("rows"));
            }
        }
    }

    @Test
    void theNumbersOfAnAnswerAreThoseOfItsStatement() throws Exception {
        for (Path path : paths()) {
            if (path.hasStatement()) {
                for (String token : List.of(ConsoleStage.EVERYTHING, ConsoleStage.ACME)) {
                    JsonNode answer = ok(path.url(Map.of()), token);
                    assertThat(stage.rows(answer.path("sql").asText()))
                            .as(path.name())
                            .isEqualTo(rows(answer));
                }
            }
        }
    }

    @Test
    void aTokenOfATenantGetsNothingOfAnother() throws Exception {
        for (Path path : paths()) {
            String everything =
                    stage.get(path.url(Map.of()), ConsoleStage.EVERYTHING).body();
            String own = stage.get(path.url(Map.of()), ConsoleStage.ACME).body();
            assertThat(own).as(path.name()).doesNotContainIgnoringCase("globex").doesNotContain("33globex");
            if (path.hasStatement()) {
                assertThat(everything)
                        .as("the test sees what it forbids: " + path.name())
                        .containsIgnoringCase(path.foreign());
            }
            if (path.parameters().contains("tenant")) {
                assertThat(stage.get(path.url(Map.of("tenant", "globex")), ConsoleStage.ACME)
                                .statusCode())
                        .as(path.name())
                        .isEqualTo(403);
            }
        }
        assertThat(ok("/api/v1/traces?trace=globex-3&" + RANGE, ConsoleStage.ACME)
                        .path("rows"))
                .isEmpty();
        assertThat(ok("/api/v1/trace?trace=globex-3", ConsoleStage.ACME).path("rows"))
                .isEmpty();
        assertThat(ok("/api/v1/alert-states?alert=a3globex", ConsoleStage.ACME).path("rows"))
                .isEmpty();
        assertThat(ok("/api/v1/verdicts?release=globex-only&" + RANGE, ConsoleStage.ACME)
                        .path("rows"))
                .isEmpty();
    }

    @Test
    void countsOfATenantAreItsOwn() throws Exception {
        JsonNode all = ok("/api/v1/extent?" + RANGE, ConsoleStage.EVERYTHING)
                .path("rows")
                .get(0);
        JsonNode acme =
                ok("/api/v1/extent?" + RANGE, ConsoleStage.ACME).path("rows").get(0);
        JsonNode asked = ok("/api/v1/extent?tenant=acme&" + RANGE, ConsoleStage.EVERYTHING)
                .path("rows")
                .get(0);
        assertThat(acme).isEqualTo(asked);
        assertThat(acme.path("calls").asLong())
                .isPositive()
                .isLessThan(all.path("calls").asLong());
    }

    /** A fifth of 20 thumbs are up for the candidate, four fifths of 60 for the control. */
    @Test
    void whatPeopleSayOfACandidateStandsAgainstItsControl() throws Exception {
        JsonNode rows = ok("/api/v1/outcomes-against-control?" + RANGE, ConsoleStage.EVERYTHING)
                .path("rows");
        assertThat(rows)
                .extracting(row -> row.path("release_id").asText())
                .containsExactly("globex-only", "support-v2");
        JsonNode row = rows.get(1);
        assertThat(row.path("name").asText()).isEqualTo("thumbs");
        assertThat(row.path("candidate_mean").asDouble()).isCloseTo(0.2, within(1e-12));
        assertThat(row.path("control_mean").asDouble()).isCloseTo(0.8, within(1e-12));
        assertThat(row.path("difference").asDouble()).isCloseTo(-0.6, within(1e-12));
        assertThat(row.path("margin").asDouble())
                .isCloseTo(1.96 * Math.sqrt(0.2 * 0.8 / 19 + 0.8 * 0.2 / 59), within(1e-12));
        assertThat(row.path("candidate_n").asLong()).isEqualTo(20);
        assertThat(row.path("control_n").asLong()).isEqualTo(60);
    }

    @Test
    void textsOfPeopleAreNeverAnswered() throws Exception {
        for (Path path : paths()) {
            assertThat(stage.get(path.url(Map.of()), ConsoleStage.EVERYTHING).body())
                    .as(path.name())
                    .doesNotContain("nobody may see");
        }
    }

    @Test
    void hostileParametersAreRefusedAndNothingElse() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (Path path : paths()) {
            for (int i = 0; i < HOSTILE && !path.parameters().isEmpty(); i++) {
                String parameter = path.parameters().get(i % path.parameters().size());
                String value = Hostile.value(random);
                HttpResponse<String> response = stage.get(path.url(Map.of(parameter, value)), ConsoleStage.EVERYTHING);
                assertThat(response.statusCode())
                        .as("%s %s = '%s': %s", path.name(), parameter, value, response.body())
                        .isBetween(400, 499);
                assertThat(response.body()).doesNotContain("DB::Exception");
            }
            assertThat(stage.get(path.name() + "?nonsense=1", ConsoleStage.EVERYTHING)
                            .statusCode())
                    .as(path.name())
                    .isIn(path.parameters().isEmpty() ? List.of(200) : List.of(400));
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsRefusedAndTheNextOneIsGiven() throws Exception {
        stage.execute(
                """
                INSERT INTO drift_store (drift_id, kind, measure, slice_level, prompt, window_start, window_seconds, ingested_at)
                SELECT 'large', 'feature', 'length', 'prompt', repeat(repeat('x', 1000000), 18),
                    toDateTime64('2025-06-01 12:00:00', 6, 'UTC'), 300, now64(6, 'UTC')
                """);
        HttpResponse<String> refused = stage.get(
                "/api/v1/drift-trend?from=2025-06-01T00:00:00Z&to=2025-06-02T00:00:00Z", ConsoleStage.EVERYTHING);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("ask for a shorter time or for one tenant");
        ok("/api/v1/drift-trend?" + RANGE, ConsoleStage.EVERYTHING);
    }

    @Test
    void withoutATokenNothingIsAnswered() throws Exception {
        for (Path path : paths()) {
            assertThat(stage.get(path.url(Map.of()), null).statusCode()).isEqualTo(401);
            assertThat(stage.get(path.url(Map.of()), "tmk_guessed").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aRangeThatEndsBeforeItStartsIsRefused() throws Exception {
        assertThat(stage.get("/api/v1/board?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", ConsoleStage.ACME)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void pagesFollowOneAnother() throws Exception {
        List<String> ids = new ArrayList<>();
        JsonNode next = null;
        do {
            String offset = next == null ? "0" : next.asText();
            JsonNode page = ok("/api/v1/traces?limit=50&offset=" + offset + "&" + RANGE, ConsoleStage.EVERYTHING);
            page.path("rows").forEach(row -> ids.add(row.path("inference_id").asText()));
            next = page.path("next");
        } while (!next.isNull());
        assertThat(ids).hasSize(120).doesNotHaveDuplicates();
    }

    private record Path(String name, List<String> parameters) {

        boolean hasStatement() {
            return !name.endsWith("/session") && !name.endsWith("/analysis");
        }

        /** Something of the other tenant that an answer about everybody holds, where it names tenants or their versions at all. */
        String foreign() {
            return List.of("/extent", "/board", "/trend", "/cost-versions", "/alert-states", "/trace").stream()
                            .anyMatch(name::endsWith)
                    ? ""
                    : "globex";
        }

        String url(Map<String, String> changed) {
            Map<String, String> values = new java.util.TreeMap<>(usual());
            values.putAll(changed);
            StringBuilder url = new StringBuilder(name).append('?');
            values.forEach((key, value) -> url.append(key)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                    .append('&'));
            return url.toString();
        }

        private Map<String, String> usual() {
            Map<String, String> values = new java.util.TreeMap<>(Map.of(
                    "from", "2026-01-01T12:00:00Z",
                    "to", "2026-01-01T14:00:00Z",
                    "release", name.endsWith("/analysis") ? "support-v2" : "",
                    "alert", name.endsWith("/alert-states") ? "a1acme" : "",
                    "trace", name.endsWith("/trace") ? "trace-17" : ""));
            values.keySet().retainAll(parameters);
            return values;
        }
    }

    private static List<Path> paths() throws IOException, InterruptedException {
        List<Path> paths = new ArrayList<>();
        JsonNode document = ConsoleStage.document(stage.get("/api/v1/openapi.json", null));
        document.path("paths").properties().forEach(each -> {
            List<String> parameters = new ArrayList<>();
            each.getValue()
                    .path("get")
                    .path("parameters")
                    .forEach(one -> parameters.add(one.path("name").asText()));
            if (each.getValue().has("get")) {
                paths.add(new Path(each.getKey(), parameters));
            }
        });
        assertThat(paths).hasSizeGreaterThan(10);
        return paths;
    }

    private static JsonNode ok(String url, String token) throws IOException, InterruptedException {
        HttpResponse<String> response = stage.get(url, token);
        assertThat(response.statusCode()).as(url + ": " + response.body()).isEqualTo(200);
        return ConsoleStage.document(response);
    }

    private static List<JsonNode> rows(JsonNode answer) {
        List<JsonNode> rows = new ArrayList<>();
        answer.path("rows").forEach(rows::add);
        return rows;
    }
}
