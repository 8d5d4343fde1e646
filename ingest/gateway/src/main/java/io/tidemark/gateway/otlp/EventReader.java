package io.tidemark.gateway.otlp;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.outcome.OutcomeIds;
import io.tidemark.gateway.mapping.EventKind;
import io.tidemark.gateway.mapping.MappedAttribute;
import io.tidemark.gateway.mapping.MappingTable;
import io.tidemark.gateway.mapping.OutcomeNames;
import io.tidemark.gateway.mapping.SpanDraft;
import io.tidemark.ingest.redaction.Redaction;
import io.tidemark.registry.TrustedRecords;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Turns the events that the mapping knows into texts of calls and into outcomes. */
final class EventReader {

    private static final int LONGEST_EXPLANATION = 4_096;

    static {
        // the default of an outcome's role is read by Avro
        TrustedRecords.register();
    }

    private final MappingTable table;
    private final TextPolicy policy;
    private final BatchCollector collector;

    EventReader(MappingTable table, TextPolicy policy, BatchCollector collector) {
        this.table = table;
        this.policy = policy;
        this.collector = collector;
    }

    void read(EventKind kind, Event event) {
        switch (kind) {
            case PROMPT -> text(event, true);
            case RESPONSE -> text(event, false);
            case DETAILS -> details(event);
            case OUTCOME -> outcome(event);
        }
    }

    private void text(Event event, boolean prompt) {
        if (!policy.captures(event.traceId())) {
            collector.countIgnored();
            return;
        }
        Object content = event.body() == null ? event.attributes() : event.body();
        if (content instanceof Map<?, ?> map && map.get("content") instanceof String text) {
            content = text;
        }
        String role = event.name().replace("gen_ai.", "").replace(".message", "");
        add(event, prompt, role + ": " + SpanDraft.text(content));
    }

    private void details(Event event) {
        if (!policy.captures(event.traceId())) {
            collector.countIgnored();
            return;
        }
        SpanDraft draft = new SpanDraft();
        event.attributes().forEach((name, value) -> {
            MappedAttribute attribute = table.attribute(name);
            if (attribute != null && attribute.holdsText() && value != null) {
                attribute.apply(value, draft);
            }
        });
        if (draft.prompt() != null) {
            add(event, true, draft.prompt());
        }
        if (draft.response() != null) {
            add(event, false, draft.response());
        }
    }

    private void add(Event event, boolean prompt, String text) {
        collector.add(event.tenant(), event.traceId(), event.spanId(), prompt, policy.text(text));
    }

    private void outcome(Event event) {
        OutcomeNames names = table.outcome();
        Map<String, Object> attributes = event.attributes();
        String name = clean(names.value("name", attributes));
        if (name == null) {
            collector.refuse(new Refusal(
                    Refusal.Reason.INVALID_FIELD,
                    event.spanId(),
                    "an event %s names no evaluation".formatted(event.name())));
            return;
        }
        Instant time = Instants.ofNanos(event.timeNanos());
        Outcome outcome = Outcome.newBuilder()
                .setTenant(event.tenant())
                .setTraceId(event.traceId())
                .setSpanId(event.spanId().isEmpty() ? null : event.spanId())
                .setName(name)
                .setValue(SpanDraft.number(names.value("value", attributes)))
                .setLabel(clean(names.value("label", attributes)))
                .setSource(source(names.value("source", attributes)))
                .setJudgeName(clean(names.value("judge_name", attributes)))
                .setJudgeVersion(clean(names.value("judge_version", attributes)))
                .setExplanation(explanation(names.value("explanation", attributes)))
                .setEventTime(time)
                .setObservedTime(time)
                .build();
        outcome.setOutcomeId(OutcomeIds.outcomeId(outcome));
        collector.add(outcome);
    }

    private String clean(Object raw) {
        String name = SpanDraft.name(raw);
        return name == null ? null : policy.name(name);
    }

    private String explanation(Object raw) {
        if (!(raw instanceof String text) || !policy.captures()) {
            return null;
        }
        Redaction redaction = policy.text(text);
        collector.count(redaction);
        return redaction
                .text()
                .substring(0, Math.min(LONGEST_EXPLANATION, redaction.text().length()));
    }

    private static OutcomeSource source(Object raw) {
        if (raw instanceof String text) {
            for (OutcomeSource source : OutcomeSource.values()) {
                if (source.name().equals(text.toUpperCase(Locale.ROOT))) {
                    return source;
                }
            }
        }
        return OutcomeSource.JUDGE;
    }
}
