package io.tidemark.console.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.console.ConsoleStage;
import io.tidemark.testing.ClickHouseExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts of the canary job as rollout controllers see them. */
class RolloutEndpointsIT {

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static ConsoleStage stage;

    @BeforeAll
    static void fill() throws SQLException {
        stage = ConsoleStage.over(CLICKHOUSE, NOW);
        verdict("healthy", "*", "promote", 1, "11:58:00", "v-good");
        verdict("bad", "*", "hold", 0, "11:40:00", "v-bad");
        verdict("bad", "*", "rollback", 0, "11:45:00", "v-bad");
        verdict("young", "*", "hold", 0, "11:59:00", "v-young");
        verdict("silent", "*", "promote", 0, "11:58:00", "v-silent");
        verdict("of-acme", "acme", "promote", 0, "11:58:00", "v-good");
        verdict("of-globex", "globex", "rollback", 0, "11:58:00", "v-bad");
        traffic("version", "", "v-good", "11:57:00");
        traffic("version", "", "v-bad", "11:57:00");
        traffic("version", "", "v-silent", "11:30:00");
        traffic("tenant_version", "acme", "v-good", "11:57:00");
    }

    @AfterAll
    static void close() throws SQLException {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource({"healthy,pass", "bad,fail", "young,inconclusive", "silent,inconclusive", "never-heard-of,inconclusive"})
    void onlyAPromotionWithFreshTrafficPassesAndOnlyARollbackFails(String release, String verdict) throws Exception {
        JsonNode data = analysis("release=" + release, ConsoleStage.EVERYTHING);
        assertThat(data.path("verdict").asText()).as(data.toString()).isEqualTo(verdict);
        assertThat(data.path("ok").asBoolean()).isEqualTo(verdict.equals("pass"));
    }

    @Test
    void theAnswerCarriesItsEvidence() throws Exception {
        JsonNode data = analysis("version=v-good&tenant=", ConsoleStage.EVERYTHING);
        assertThat(data.path("samples").asInt()).isEqualTo(200);
        assertThat(data.path("errorRate").asDouble()).isEqualTo(0.02);
        JsonNode errors = data.path("guardrails").get(0);
        assertThat(errors.path("measure").asText()).isEqualTo("errors");
        assertThat(errors.path("eValue").asDouble()).isEqualTo(0.5);
        assertThat(errors.path("threshold").asDouble()).isEqualTo(333);
        assertThat(data.path("eventTime").asText()).isEqualTo("2026-01-01T11:58:00.000000Z");
    }

    @Test
    void whatIsUnknownIsNullAndNeverZero() throws Exception {
        JsonNode data = analysis("release=silent", ConsoleStage.EVERYTHING);
        assertThat(data.path("errorRate").isNull()).isTrue();
        assertThat(data.path("p95Ms").isNull()).isTrue();
        assertThat(data.path("lastSeen").isNull()).isTrue();
    }

    @Test
    void aPromotionCountsForTheStepThatWasJudged() throws Exception {
        assertThat(analysis("release=healthy&step=1", ConsoleStage.EVERYTHING)
                        .path("verdict")
                        .asText())
                .isEqualTo("pass");
        assertThat(analysis("release=healthy&step=2", ConsoleStage.EVERYTHING)
                        .path("verdict")
                        .asText())
                .isEqualTo("inconclusive");
    }

    @Test
    void aTokenSeesTheRolloutsOfItsTenantOnly() throws Exception {
        assertThat(analysis("release=of-acme", ConsoleStage.ACME)
                        .path("verdict")
                        .asText())
                .isEqualTo("pass");
        assertThat(analysis("release=of-globex", ConsoleStage.ACME))
                .isEqualTo(analysis("release=x", ConsoleStage.ACME));
        assertThat(analysis("release=bad", ConsoleStage.ACME)).isEqualTo(analysis("release=x", ConsoleStage.ACME));
        assertThat(stage.get("/api/v1/analysis?release=of-globex&tenant=globex", ConsoleStage.ACME)
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"healthy,200,409", "bad,409,200", "young,409,409", "silent,409,409", "never-heard-of,409,409"})
    void flaggersGateAndItsRollbackHookReadTheSameVerdictTheOppositeWay(String release, int advance, int rollback)
            throws Exception {
        String body = flagger(release, ConsoleStage.EVERYTHING);
        assertThat(stage.post("/api/v1/flagger/advance", body).statusCode()).isEqualTo(advance);
        assertThat(stage.post("/api/v1/flagger/rollback", body).statusCode()).isEqualTo(rollback);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "{\"name\":\"chat\"}", "{\"metadata\":{\"token\":\"tmk_everything\"}}"})
    void neitherOfThemSaysYesToWhatItCannotRead(String body) throws Exception {
        assertThat(stage.post("/api/v1/flagger/advance", body).statusCode()).isBetween(400, 499);
        assertThat(stage.post("/api/v1/flagger/rollback", body).statusCode()).isBetween(400, 499);
    }

    @Test
    void neitherOfThemSaysYesToAForeignToken() throws Exception {
        String body = flagger("bad", "tmk_guessed");
        assertThat(stage.post("/api/v1/flagger/rollback", body).statusCode()).isEqualTo(401);
        assertThat(stage.post("/api/v1/flagger/advance", body).statusCode()).isEqualTo(401);
    }

    @Test
    void withoutClickHouseNobodyIsToldToGoOnOrToRollBack() throws Exception {
        try (ConsoleStage alone = ConsoleStage.withoutClickHouse(CLICKHOUSE, NOW)) {
            String body = flagger("bad", ConsoleStage.EVERYTHING);
            assertThat(alone.post("/api/v1/flagger/rollback", body).statusCode())
                    .isEqualTo(503);
            assertThat(alone.post("/api/v1/flagger/advance", body).statusCode()).isEqualTo(503);
            assertThat(alone.get("/api/v1/analysis?release=bad", ConsoleStage.EVERYTHING)
                            .statusCode())
                    .isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "release=",
                "release=a'--",
                "release=a&release=b",
                "release=a&step=-1",
                "release=a&max-age=PT1S",
                "release=a&max-age=soon",
                "release=a&other=1",
                "release=%00",
                "release=%C3%28"
            })
    void aQuestionThatIsNotUnderstoodIsRefused(String query) throws Exception {
        HttpResponse<String> response = stage.get("/api/v1/analysis?" + query, ConsoleStage.EVERYTHING);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(ConsoleStage.document(response).path("error").asText()).isNotEmpty();
    }

    @Test
    void everyAnswerCarriesSecurityHeaders() throws Exception {
        HttpResponse<String> response = stage.get("/api/v1/analysis?release=bad", null);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void whatWasAnsweredIsMeasured() throws Exception {
        analysis("release=bad", ConsoleStage.EVERYTHING);
        assertThat(stage.metrics())
                .contains("tidemark_console_analysis_total{asked=\"analysis\",verdict=\"fail\"}")
                .contains("tidemark_console_requests_seconds_count{route=\"analysis\",status=\"200\"}");
    }

    private static JsonNode analysis(String query, String token) throws IOException, InterruptedException {
        HttpResponse<String> response = stage.get("/api/v1/analysis?" + query, token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ConsoleStage.document(response).path("data");
    }

    private static String flagger(String release, String token) {
        return """
                {"name":"chat","namespace":"prod","phase":"Progressing","metadata":{"release":"%s","token":"%s"}}"""
                .formatted(release, token);
    }

    private static void verdict(String release, String tenant, String verdict, int step, String time, String candidate)
            throws SQLException {
        stage.execute(
                """
                INSERT INTO verdicts_store (decision_id, release_id, tenant, verdict, step, event_time, reason,
                    candidate_version_id, control_version_id, `guardrails.measure`, `guardrails.finding`,
                    `guardrails.candidate_n`, `guardrails.control_n`, `guardrails.alpha`, `guardrails.mix_effect`,
                    `guardrails.observed`, `guardrails.expected`, `guardrails.lower`, `guardrails.upper`,
                    `guardrails.e_value`, `guardrails.threshold`, ingested_at)
                VALUES ('%s-%s', '%s', '%s', '%s', %d, '2026-01-01 %s', 'because', '%s', 'v-control', ['errors'],
                    ['healthy'], [100], [1900], [0.003], [NULL], [0.01], [0.01], [0.005], [0.02], [0.5], [333], now64())"""
                        .formatted(release, verdict, release, tenant, verdict, step, time, candidate));
    }

    private static void traffic(String level, String tenant, String version, String start) throws SQLException {
        stage.execute(
                """
                INSERT INTO windows_store (slice_level, tenant, version_id, role, window_start, window_seconds,
                    requests, errors, errors_known, ingested_at)
                VALUES ('%s', '%s', '%s', 'canary', '2026-01-01 %s', 60, 200, 4, 200, now64())"""
                        .formatted(level, tenant, version, start));
    }
}
