package io.tidemark.console.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.console.access.Access;
import io.tidemark.console.access.Tokens;
import io.tidemark.console.http.Call;
import io.tidemark.console.http.RefusedException;
import io.tidemark.console.http.Reply;
import io.tidemark.console.http.Route;
import io.tidemark.console.query.ClickHouse;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where rollout controllers ask.
 *
 * <p>Flagger asks two questions in the same form and reads the answers the opposite way: a gate goes on at 2xx, a hook of type {@code rollback}
 * rolls back at 2xx. Each has its own path and its own method here, and in both anything that is not known for sure is answered with
 * something else than 2xx: a gate then waits, and the hook leaves the release alone.
 */
public final class RolloutEndpoints {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int YES = 200;
    private static final int NO = 409;

    private final Tokens tokens;
    private final Analyst analyst;
    private final MeterRegistry meters;

    public RolloutEndpoints(Tokens tokens, ClickHouse clickHouse, MeterRegistry meters, Clock clock) {
        this.tokens = tokens;
        this.analyst = new Analyst(clickHouse, clock);
        this.meters = meters;
    }

    /** Their routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/analysis", "analysis", this::analysis),
                Route.post("/api/v1/flagger/advance", "flagger-advance", this::mayAdvance),
                Route.post("/api/v1/flagger/rollback", "flagger-rollback", this::mustRollBack));
    }

    /** For Argo Rollouts and for people: always 200 when the question is understood; the verdict is in the document. */
    private Reply analysis(Call call) {
        Access access = tokens.access(call);
        for (String name : call.parameters().keySet()) {
            if (!AnalysisQuestion.NAMES.contains(name)) {
                throw RefusedException.malformed("there is no such parameter; there are " + AnalysisQuestion.NAMES);
            }
        }
        return Reply.json(answer("analysis", AnalysisQuestion.of(call.parameters()), access)
                .document());
    }

    /** Flagger's gates {@code confirm-traffic-increase} and {@code confirm-promotion}: 2xx lets the canary go on. */
    private Reply mayAdvance(Call call) {
        Analysis analysis = flagger("advance", call);
        return Reply.json(analysis.verdict() == Verdict.PASS ? YES : NO, analysis.document());
    }

    /** Flagger's hook of type {@code rollback}: 2xx rolls the canary back. */
    private Reply mustRollBack(Call call) {
        Analysis analysis = flagger("rollback", call);
        return Reply.json(analysis.verdict() == Verdict.FAIL ? YES : NO, analysis.document());
    }

    private Analysis flagger(String asked, Call call) {
        Map<String, String> metadata = metadata(call.body());
        Access access = tokens.access(call, metadata.remove("token"));
        return answer(asked, AnalysisQuestion.of(metadata), access);
    }

    private Analysis answer(String asked, AnalysisQuestion question, Access access) {
        Analysis analysis = analyst.answer(question, access);
        meters.counter(
                        "tidemark.console.analysis",
                        "asked",
                        asked,
                        "verdict",
                        analysis.verdict().label())
                .increment();
        return analysis;
    }

    /** The metadata of Flagger's body, {@code {"name", "namespace", "phase", "metadata": {...}}}. */
    private static Map<String, String> metadata(byte[] body) {
        try {
            JsonNode document = JSON.readTree(body);
            if (document == null || !document.path("metadata").isObject()) {
                throw RefusedException.malformed("the body must be Flagger's, with the release in its metadata");
            }
            Map<String, String> metadata = new HashMap<>();
            document.path("metadata")
                    .properties()
                    .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
            return metadata;
        } catch (IOException e) {
            throw RefusedException.malformed("the body is not JSON");
        }
    }
}
