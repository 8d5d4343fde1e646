package io.tidemark.consumers.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.consumers.target.TargetException.Kind;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.platform.webhook.HttpCaller.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A service of the user's own. GET answers {@code {"revision": "...", "serving": true, "decision_id": "..."}}; POST carries the request
 * in the CloudEvents format with the headers {@code Idempotency-Key} (the decision) and {@code If-Match} (the revision) and is
 * answered with 2xx, or with 409 or 412 when the revision is another by now. Addresses come from the settings, never from an alert.
 */
public final class WebhookTarget implements ActionTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "webhook";

    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private final Map<String, URI> addresses;
    private final HttpCaller http;

    /** @param addresses address of each target, by its name */
    public WebhookTarget(Map<String, URI> addresses, HttpCaller http) {
        this.addresses = Map.copyOf(addresses);
        this.http = http;
    }

    @Override
    public String adapter() {
        return ADAPTER;
    }

    @Override
    public TargetState read(ActionRequest request) throws TargetException {
        Answer answer = checked(request, () -> http.get(address(request), Map.of()));
        JsonNode state = Json.object(answer.body());
        if (!state.hasNonNull("revision")) {
            throw new TargetException(
                    Kind.REFUSED,
                    "webhook '%s' does not say its revision; answer GET with {\"revision\": ..., \"serving\": ...}"
                            .formatted(request.target()));
        }
        return new TargetState(
                state.get("revision").asText(),
                state.path("serving").asBoolean(true),
                Optional.ofNullable(state.path("decision_id").asText(null)),
                state.toString());
    }

    @Override
    public void act(ActionRequest request, TargetState seen) throws TargetException {
        Map<String, String> headers =
                Map.of("Idempotency-Key", request.decisionId(), "If-Match", '"' + seen.revision() + '"');
        checked(
                request,
                () -> http.post(address(request), "application/cloudevents+json", headers, CloudEvent.of(request)));
    }

    private URI address(ActionRequest request) throws TargetException {
        URI address = addresses.get(request.target());
        if (address == null) {
            throw new TargetException(
                    Kind.REFUSED,
                    "unknown webhook '%s'; known are %s, others are set with targets.webhook.NAME=URL"
                            .formatted(request.target(), addresses.keySet()));
        }
        return address;
    }

    private static Answer checked(ActionRequest request, Call call) throws TargetException {
        Answer answer;
        try {
            answer = call.send();
        } catch (IOException e) {
            throw new TargetException(
                    Kind.UNAVAILABLE, "webhook '%s' does not answer (%s)".formatted(request.target(), e), e);
        }
        if (answer.isSuccess()) {
            return answer;
        }
        Kind kind = answer.status() == CONFLICT || answer.status() == PRECONDITION_FAILED
                ? Kind.CONFLICT
                : answer.isWorthRetry() ? Kind.UNAVAILABLE : Kind.REFUSED;
        throw new TargetException(
                kind, "webhook '%s' answers with HTTP status %d".formatted(request.target(), answer.status()));
    }

    /** One call. */
    @FunctionalInterface
    private interface Call {
        Answer send() throws IOException, TargetException;
    }
}
