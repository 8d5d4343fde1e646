package io.tidemark.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.console.ConsoleStage;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.testing.ClickHouseExtension;
import io.tidemark.testing.KafkaExtension;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rollback is commanded by those who have the right, as the command line does it, and by nobody else. */
class RollbackEndpointIT {

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final Instant NOW = Instant.parse("2026-01-01T14:00:00Z");

    private static ConsoleStage stage;
    private static Releases releases;

    @BeforeAll
    static void start() throws Exception {
        releases = Releases.in(KAFKA);
        stage = ConsoleStage.over(CLICKHOUSE, NOW, KAFKA);
        releases.start("everybodys", "*", NOW.minusSeconds(3_600));
        releases.start("of-acme", "acme", NOW.minusSeconds(3_600));
        releases.start("of-globex", "globex", NOW.minusSeconds(3_600));
        releases.start("untouched", "*", NOW.minusSeconds(3_600));
    }

    @AfterAll
    static void close() throws SQLException {
        stage.close();
    }

    @Test
    void withTheRightTheCommandAndTheEventStandOnTheirTopics() throws Exception {
        HttpResponse<String> answer = rollBack("everybodys", ConsoleStage.ANNA);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        List<Verdict> verdicts = releases.log().verdicts("everybodys");
        assertThat(verdicts).hasSize(1);
        Verdict command = verdicts.get(0);
        assertThat(command.getVerdict()).isEqualTo(VerdictKind.ROLLBACK);
        assertThat(command.getReason()).isEqualTo("commanded by anna: customers complain");
        assertThat(command.getTarget()).isEqualTo("support-chat");
        assertThat(command.getDecisionId())
                .isEqualTo(ConsoleStage.document(answer).path("decision_id").asText());
        Release event = last("everybodys");
        assertThat(event.getRollout().getState()).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(event.getActor()).isEqualTo("anna");

        HttpResponse<String> again = rollBack("everybodys", ConsoleStage.ANNA);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("is over: ROLLED_BACK");
        assertThat(releases.log().verdicts("everybodys")).hasSize(1);
    }

    @Test
    void withoutTheRightNothingIsCommanded() throws Exception {
        assertThat(rollBack("untouched", ConsoleStage.EVERYTHING).statusCode()).isEqualTo(403);
        assertThat(rollBack("untouched", ConsoleStage.ACME).statusCode()).isEqualTo(403);
        assertThat(rollBack("untouched", "tmk_guessed").statusCode()).isEqualTo(401);
        assertThat(rollBack("untouched", null).statusCode()).isEqualTo(401);
        assertThat(releases.log().verdicts("untouched")).isEmpty();
        assertThat(mayRollBack(ConsoleStage.EVERYTHING)).isFalse();
        assertThat(mayRollBack(ConsoleStage.ANNA)).isTrue();
    }

    @Test
    void aTokenOfATenantCommandsOnlyItsOwnReleases() throws Exception {
        HttpResponse<String> foreign = rollBack("of-globex", ConsoleStage.BEN);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body())
                .isEqualTo(rollBack("never-heard-of", ConsoleStage.BEN).body());
        assertThat(rollBack("untouched", ConsoleStage.BEN).statusCode()).isEqualTo(404);
        assertThat(releases.log().verdicts("of-globex")).isEmpty();

        assertThat(rollBack("of-acme", ConsoleStage.BEN).statusCode()).isEqualTo(202);
        assertThat(last("of-acme").getActor()).isEqualTo("ben");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"release\":\"untouched\",\"reason\":\"customers complain\"}",
                "{\"release\":\"untouched\",\"confirm\":\"other\",\"reason\":\"customers complain\"}",
                "{\"release\":\"untouched\",\"confirm\":\"untouched\",\"reason\":\"\"}",
                "{\"release\":\"untouched\",\"confirm\":\"untouched\",\"reason\":\"a\\nb c\"}",
                "{\"release\":\"untouched\",\"confirm\":\"untouched\",\"reason\":\"customers complain\",\"actor\":\"eve\"}",
                "{\"release\":7,\"confirm\":7,\"reason\":\"customers complain\"}"
            })
    void whatIsNotConfirmedOrNotUnderstoodIsRefused(String body) throws Exception {
        assertThat(stage.command(RollbackEndpoint.PATH, ConsoleStage.ANNA, body).statusCode())
                .isEqualTo(400);
        assertThat(releases.log().verdicts("untouched")).isEmpty();
    }

    @Test
    void noOtherSiteCanMakeABrowserCommand() throws Exception {
        // what a form of another site can send: no header of its own, and no JSON
        assertThat(stage.post(RollbackEndpoint.PATH + "?token=" + ConsoleStage.ANNA, body("untouched"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(stage.get(RollbackEndpoint.PATH, ConsoleStage.ANNA).statusCode())
                .isEqualTo(404);
        assertThat(rollBack("untouched", ConsoleStage.EVERYTHING).headers().map())
                .doesNotContainKeys("access-control-allow-origin", "set-cookie");
        assertThat(releases.log().verdicts("untouched")).isEmpty();
    }

    private static HttpResponse<String> rollBack(String release, String token) throws Exception {
        return stage.command(RollbackEndpoint.PATH, token, body(release));
    }

    private static String body(String release) {
        return "{\"release\":\"%s\",\"confirm\":\"%s\",\"reason\":\"customers complain\"}".formatted(release, release);
    }

    private static boolean mayRollBack(String token) throws Exception {
        return ConsoleStage.document(stage.get("/api/v1/session", token))
                .path("mayRollBack")
                .asBoolean();
    }

    private static Release last(String release) {
        List<Release> own = releases.log().releases().stream()
                .filter(each -> each.getRollout().getReleaseId().equals(release))
                .toList();
        return own.get(own.size() - 1);
    }
}
