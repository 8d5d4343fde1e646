package io.tidemark.consumers.target;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request as a CloudEvent, version 1.0, in structured mode. */
final class CloudEvent {

    private CloudEvent() {}

    /** The event has the id of the decision: a receiver that has seen it may drop it. */
    static String of(ActionRequest request) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", request.decisionId());
        event.put("source", "/tidemark/consumers/" + request.kind());
        event.put("type", "io.tidemark." + request.kind() + ".v1");
        event.put("subject", request.target());
        event.put("datacontenttype", "application/json");
        event.put("data", Json.object(request.body()));
        return Json.text(event);
    }
}
