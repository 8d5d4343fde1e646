package io.tidemark.cli.tail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One trace as a person reads it.
 *
 * @param trace the trace
 */
record TraceLine(Trace trace) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_KNOWN = "-";

    /** One line: when, who, which version, how it ended, and what the producer did not say. */
    String text() {
        String line = "%s  %s  %s  %s/%s  %s  in %s out %s tokens  %s"
                .formatted(
                        trace.getEventTime(),
                        trace.getTenant(),
                        knownComponents(),
                        lower(trace.getRole()),
                        trace.getIntent(),
                        outcome(),
                        known(trace.getInputTokens()),
                        known(trace.getOutputTokens()),
                        trace.getTraceId());
        List<String> unknown = unknownComponents();
        return unknown.isEmpty() ? line : line + "  unknown: " + String.join(", ", unknown);
    }

    /** The same for programs. */
    String json() {
        ObjectNode node = JSON.createObjectNode();
        node.put("event_time", trace.getEventTime().toString());
        node.put("tenant", trace.getTenant());
        node.put("trace_id", trace.getTraceId());
        node.put("inference_id", trace.getInferenceId());
        node.put("version_id", version().versionId());
        ObjectNode components = node.putObject("version");
        for (int i = 0; i < VersionTuple.COMPONENT_NAMES.size(); i++) {
            components.put(
                    VersionTuple.COMPONENT_NAMES.get(i), version().components().get(i));
        }
        node.put("role", lower(trace.getRole()));
        node.put("intent", trace.getIntent());
        node.put("status", lower(trace.getStatus()));
        node.put("error_class", trace.getErrorClass());
        node.put("input_tokens", trace.getInputTokens());
        node.put("output_tokens", trace.getOutputTokens());
        node.put("end_to_end_micros", trace.getEndToEndMicros());
        unknownComponents().forEach(node.putArray("unknown")::add);
        return node.toString();
    }

    /** Names of the components that the producer did not say. */
    List<String> unknownComponents() {
        List<String> names = new ArrayList<>();
        List<String> values = version().components();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).equals(VersionTuple.UNKNOWN)) {
                names.add(VersionTuple.COMPONENT_NAMES.get(i));
            }
        }
        return names;
    }

    private String knownComponents() {
        List<String> known = version().components().stream()
                .filter(value -> !value.equals(VersionTuple.UNKNOWN) && !value.equals(VersionTuple.NONE))
                .toList();
        return known.isEmpty() ? NOT_KNOWN : known.stream().collect(Collectors.joining("/"));
    }

    private VersionTuple version() {
        return VersionTuple.from(trace.getVersion());
    }

    private String outcome() {
        return trace.getErrorClass() == null
                ? lower(trace.getStatus())
                : lower(trace.getStatus()) + " " + trace.getErrorClass();
    }

    private static String known(Long value) {
        return value == null ? NOT_KNOWN : value.toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
