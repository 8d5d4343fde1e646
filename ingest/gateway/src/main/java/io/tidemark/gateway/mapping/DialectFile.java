package io.tidemark.gateway.mapping;

import io.tidemark.contracts.avro.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A dialect as its file holds it.
 *
 * @param dialect name
 * @param version version of the file, raised with every change
 * @param kinds what makes a span a model call, a tool and so on
 * @param call fields of the model call, and the attributes that fill them, best first
 * @param facts slice fields
 * @param keep attributes that are kept under another name
 * @param content attributes that hold texts: {@code prompt}, {@code response}
 * @param events names of span events and log events: {@code prompt}, {@code response}, {@code details}, {@code outcome}
 * @param outcome attributes of an outcome event
 * @param features prefix of input features; null when the dialect has none
 * @param refusals finish reasons that say that the model refused
 */
record DialectFile(
        String dialect,
        int version,
        List<Kind> kinds,
        Map<String, List<String>> call,
        Map<String, List<String>> facts,
        Map<String, List<String>> keep,
        Map<String, List<String>> content,
        Map<String, List<String>> events,
        Map<String, List<String>> outcome,
        String features,
        List<String> refusals) {

    /**
     * One rule about kinds.
     *
     * @param attribute attribute that decides; null when the span's name does
     * @param span name of the span that decides; null when an attribute does
     * @param rank the lowest rank among the rules that apply decides
     * @param values kind for each value of the attribute; null when its presence is enough
     * @param kind kind for presence
     */
    record Kind(String attribute, String span, int rank, Map<String, SpanKind> values, SpanKind kind) {}

    DialectFile {
        Objects.requireNonNull(dialect, "a dialect file has no 'dialect'");
        kinds = kinds == null ? List.of() : kinds;
        call = call == null ? Map.of() : call;
        facts = facts == null ? Map.of() : facts;
        keep = keep == null ? Map.of() : keep;
        content = content == null ? Map.of() : content;
        events = events == null ? Map.of() : events;
        outcome = outcome == null ? Map.of() : outcome;
        refusals = refusals == null ? List.of() : refusals;
    }
}
