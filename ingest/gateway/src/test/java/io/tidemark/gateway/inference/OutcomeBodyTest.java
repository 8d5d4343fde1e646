package io.tidemark.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.gateway.otlp.Refusal;
import io.tidemark.gateway.otlp.TenantMismatchException;
import io.tidemark.gateway.otlp.TextPolicy;
import io.tidemark.gateway.otlp.TimeWindow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OutcomeBodyTest {

    private static final Instant NOW = Instant.parse("2026-03-09T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final TimeWindow WINDOW = TimeWindow.around(CLOCK, Duration.ofDays(15), Duration.ofMinutes(10));

    private final OutcomeBody body = new OutcomeBody(BodyLimits.DEFAULT, TextPolicy.withContent(), WINDOW, CLOCK);

    @Test
    void anOutcomeBecameKnownWhenItCame() throws Exception {
        Outcome outcome = decode(
                        """
                        {"trace_id": "t-1", "name": "label", "label": "refund", "source": "ground_truth",
                         "event_time": "2026-03-02T08:00:00Z"}""")
                .records()
                .get(0);
        assertThat(outcome.getTenant()).isEqualTo("acme");
        assertThat(outcome.getSource()).isEqualTo(OutcomeSource.GROUND_TRUTH);
        assertThat(outcome.getEventTime()).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
        assertThat(outcome.getObservedTime()).isEqualTo(NOW);
    }

    @Test
    void sentTwiceItIsTheSameOutcomeAndAnotherJudgeIsAnother() throws Exception {
        String one =
                "{\"trace_id\":\"t\",\"name\":\"relevance\",\"value\":0.5,\"judge_name\":\"a\",\"event_time\":1772800000000000}";
        String id = decode(one).records().get(0).getOutcomeId();
        assertThat(id).hasSize(32);
        assertThat(decode(one).records().get(0).getOutcomeId()).isEqualTo(id);
        assertThat(decode(one.replace("\"a\"", "\"b\"")).records().get(0).getOutcomeId())
                .isNotEqualTo(id);
        String named = one.replace("{\"trace_id\"", "{\"outcome_id\":\"mine\",\"trace_id\"");
        assertThat(decode(named).records().get(0).getOutcomeId()).isEqualTo("mine");
    }

    @Test
    void whatIsWrongIsNamedAndTheOthersAreTaken() throws Exception {
        DecodedRecords<Outcome> decoded = decode(
                """
                [{"trace_id": "t", "name": "csat", "value": 4, "event_time": "2026-03-09T11:00:00Z"},
                 {"trace_id": "t", "name": "csat", "value": 9, "event_time": "2026-03-09T11:00:00Z"},
                 {"trace_id": "t", "name": "csat", "value": 4, "event_time": "2026-02-09T11:00:00Z"},
                 {"trace_id": "t", "name": "csat", "value": 4, "source": "robot", "event_time": "2026-03-09T11:00:00Z"},
                 {"trace_id": "t", "nome": "csat"}]""");
        assertThat(decoded.items()).isEqualTo(5);
        assertThat(decoded.records()).hasSize(1);
        assertThat(decoded.refused())
                .extracting(Refusal::place, Refusal::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("outcome 1", "value of csat must be a value in [1, 5]"),
                        org.assertj.core.groups.Tuple.tuple(
                                "outcome 2", "event_time lies longer ago, or further ahead, than is accepted"),
                        org.assertj.core.groups.Tuple.tuple(
                                "outcome 3",
                                "source must be one of [UNKNOWN, USER, JUDGE, GROUND_TRUTH, BUSINESS, GUARDRAIL,"
                                        + " RED_TEAM]"),
                        org.assertj.core.groups.Tuple.tuple("outcome 4", "nome is no field of the contract"));
    }

    @Test
    void personalDataIsTakenOut() throws Exception {
        Outcome outcome = decode(
                        """
                        {"trace_id": "t", "name": "thumbs", "label": "down", "event_time": "2026-03-09T11:00:00Z",
                         "explanation": "write to bob@example.com", "attributes": {"by": "bob@example.com"}}""")
                .records()
                .get(0);
        assertThat(outcome.getExplanation()).isEqualTo("write to [EMAIL]");
        assertThat(outcome.getAttributes()).containsEntry("by", "[EMAIL]");
    }

    @Test
    void anotherTenantIsRefused() {
        assertThatThrownBy(() -> decode("{\"tenant\": \"globex\", \"trace_id\": \"t\"}"))
                .isInstanceOf(TenantMismatchException.class);
    }

    private DecodedRecords<Outcome> decode(String json) throws Exception {
        return body.decode(json.getBytes(StandardCharsets.UTF_8), "acme");
    }
}
