package io.tidemark.console.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.console.access.Access;
import io.tidemark.console.query.ClickHouse;
import io.tidemark.console.query.Rows;
import io.tidemark.console.query.StatementCatalogue;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Turns the canary job's verdicts into answers for controllers. Fail is a rollback, or the rejection of a shadow, for good. Pass is a promotion of the step that the
 * controller stands at, and only while the candidate has traffic. Everything else, and above all no data, is inconclusive.
 */
final class Analyst {

    private final ClickHouse clickHouse;
    private final Clock clock;

    Analyst(ClickHouse clickHouse, Clock clock) {
        this.clickHouse = clickHouse;
        this.clock = clock;
    }

    /**
     * Answers a question.
     *
     * @throws io.tidemark.console.http.RefusedException when the token does not open the tenant, a value must not be, or ClickHouse does not
     *     answer
     */
    Analysis answer(AnalysisQuestion question, Access access) {
        String tenant = access.scope(question.tenant());
        Rows verdicts = clickHouse.ask(StatementCatalogue.ANALYSIS_VERDICT, tenant, question.selection());
        if (verdicts.isEmpty()) {
            return new Analysis(Verdict.INCONCLUSIVE, "no verdict is known about this rollout", null, null);
        }
        JsonNode found = verdicts.first();
        JsonNode traffic = traffic(question, tenant, found);
        String said = found.path("reason").asText();
        return switch (found.path("verdict").asText()) {
            case "rollback", "reject" -> new Analysis(Verdict.FAIL, said, found, traffic);
            case "promote" -> promoted(question, found, traffic);
            default -> new Analysis(Verdict.INCONCLUSIVE, said, found, traffic);
        };
    }

    private static Analysis promoted(AnalysisQuestion question, JsonNode found, JsonNode traffic) {
        int judged = found.path("step").asInt();
        if (question.step().isPresent() && question.step().getAsInt() != judged) {
            return new Analysis(
                    Verdict.INCONCLUSIVE,
                    "step %d is judged, and step %d is asked for"
                            .formatted(judged, question.step().getAsInt()),
                    found,
                    traffic);
        }
        if (traffic.path("calls").asLong() == 0) {
            return new Analysis(
                    Verdict.INCONCLUSIVE,
                    "the candidate has had no traffic for %s: what was found before says nothing of now"
                            .formatted(question.maximumAge()),
                    found,
                    traffic);
        }
        return new Analysis(Verdict.PASS, found.path("reason").asText(), found, traffic);
    }

    private JsonNode traffic(AnalysisQuestion question, String tenant, JsonNode found) {
        String owner = found.path("tenant").asText();
        String measured = tenant.isEmpty() && !owner.equals(Access.ALL) ? owner : tenant;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return clickHouse
                .ask(
                        StatementCatalogue.ANALYSIS_TRAFFIC,
                        measured,
                        Map.of(
                                "version", found.path("candidate_version_id").asText(),
                                "from", now.minus(question.maximumAge()).toString(),
                                "to", now.plus(1, ChronoUnit.MINUTES).toString()))
                .first();
    }
}
