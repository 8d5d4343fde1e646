package io.tidemark.consumers.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.consumers.target.TargetException.Kind;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.platform.webhook.HttpCaller.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Airflow 3 over its REST API, version 2: one run of a DAG for each decision. The run's id is the decision, so a second request for the
 * same one is answered with 409 and has no effect. Target: the id of the DAG; the request is the run's {@code conf}.
 */
public final class AirflowTarget implements ActionTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "airflow";

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final URI base;
    private final Optional<String> token;
    private final HttpCaller http;

    /**
     * @param base address of the Airflow server, without {@code /api/v2}
     * @param token bearer token
     */
    public AirflowTarget(URI base, Optional<String> token, HttpCaller http) {
        this.base = base;
        this.token = token;
        this.http = http;
    }

    @Override
    public String adapter() {
        return ADAPTER;
    }

    @Override
    public TargetState read(ActionRequest request) throws TargetException {
        Answer run = call(request, () -> http.get(runs(request, "/" + runId(request)), headers()));
        if (run.status() == NOT_FOUND) {
            return new TargetState("no-run", true, Optional.empty(), "{\"run\":\"none\"}");
        }
        JsonNode state = Json.object(checked(request, run).body());
        return new TargetState(
                runId(request),
                false,
                Optional.of(request.decisionId()),
                Json.text(Map.of(
                        "run", runId(request), "state", state.path("state").asText("unknown"))));
    }

    @Override
    public void act(ActionRequest request, TargetState seen) throws TargetException {
        Map<String, Object> body = new HashMap<>();
        body.put("dag_run_id", runId(request));
        body.put("logical_date", null);
        body.put("conf", Json.object(request.body()));
        Answer answer =
                call(request, () -> http.post(runs(request, ""), "application/json", headers(), Json.text(body)));
        if (answer.status() != CONFLICT) {
            checked(request, answer);
        }
    }

    private static String runId(ActionRequest request) {
        return "tidemark-" + request.decisionId();
    }

    private URI runs(ActionRequest request, String more) {
        String dag = URLEncoder.encode(request.target(), StandardCharsets.UTF_8);
        return base.resolve("/api/v2/dags/" + dag + "/dagRuns" + more);
    }

    private Map<String, String> headers() {
        return token.map(each -> Map.of("Authorization", "Bearer " + each)).orElse(Map.of());
    }

    private Answer call(ActionRequest request, Call call) throws TargetException {
        try {
            return call.send();
        } catch (IOException e) {
            throw new TargetException(
                    Kind.UNAVAILABLE, "Airflow, DAG '%s': no answer (%s)".formatted(request.target(), e), e);
        }
    }

    private static Answer checked(ActionRequest request, Answer answer) throws TargetException {
        if (answer.isSuccess()) {
            return answer;
        }
        throw new TargetException(
                answer.isWorthRetry() ? Kind.UNAVAILABLE : Kind.REFUSED,
                "Airflow, DAG '%s': HTTP status %d".formatted(request.target(), answer.status()));
    }

    /** One call. */
    @FunctionalInterface
    private interface Call {
        Answer send() throws IOException;
    }
}
