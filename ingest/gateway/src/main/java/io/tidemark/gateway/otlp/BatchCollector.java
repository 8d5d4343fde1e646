package io.tidemark.gateway.otlp;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.avro.SpanContent;
import io.tidemark.ingest.redaction.Finding;
import io.tidemark.ingest.redaction.Redaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what one body becomes, by trace. */
final class BatchCollector {

    private static final int REPORTED_REFUSALS = 1_000;

    private final Instant received;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final Map<String, Integer> redactions = new HashMap<>();
    private Open last;
    private int items;
    private int ignored;

    /** A batch, and the resource whose facts it took last. */
    private static final class Open {
        private final SpanBatch batch = new SpanBatch();
        private Map<String, String> lastResource;
        private int lastIndex;
    }

    BatchCollector(Instant received) {
        this.received = received;
    }

    void countItem() {
        items++;
    }

    int items() {
        return items;
    }

    void countIgnored() {
        ignored++;
    }

    /** @param resource facts of the span's resource; the same instance for all spans of a resource */
    void add(String tenant, String traceId, ReceivedSpan span, Map<String, String> resource) {
        Open each = batch(tenant, traceId);
        List<Map<String, String>> resources = each.batch.getResources();
        if (each.lastResource != resource) {
            if (!resources.contains(resource)) {
                resources.add(resource);
            }
            each.lastResource = resource;
            each.lastIndex = resources.indexOf(resource);
        }
        span.setResource(each.lastIndex);
        each.batch.getSpans().add(span);
    }

    void add(String tenant, String traceId, String spanId, boolean prompt, Redaction text) {
        count(text);
        SpanContent content = content(batch(tenant, traceId).batch.getContents(), spanId);
        if (prompt) {
            content.setPromptText(joined(content.getPromptText(), text.text()));
        } else {
            content.setResponseText(joined(content.getResponseText(), text.text()));
        }
    }

    void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    void count(Redaction redaction) {
        for (Finding finding : redaction.findings()) {
            redactions.merge(finding.type(), 1, Integer::sum);
        }
    }

    /** The first thousand are reported one by one; a client reads one message only. */
    void refuse(Refusal refusal) {
        refused.add(refused.size() < REPORTED_REFUSALS ? refusal : refused.get(REPORTED_REFUSALS - 1));
    }

    DecodedBody finish(int droppedAttributes) {
        List<SpanBatch> batches = open.values().stream().map(each -> each.batch).toList();
        return new DecodedBody(batches, outcomes, items, ignored, refused, droppedAttributes, redactions);
    }

    /** The spans of a trace mostly follow each other. */
    private Open batch(String tenant, String traceId) {
        if (last == null
                || !last.batch.getTraceId().equals(traceId)
                || !last.batch.getTenant().equals(tenant)) {
            last = find(tenant, traceId);
        }
        return last;
    }

    private Open find(String tenant, String traceId) {
        return open.computeIfAbsent(tenant + '\n' + traceId, key -> {
            Open created = new Open();
            created.batch.setTenant(tenant);
            created.batch.setTraceId(traceId);
            created.batch.setReceivedTime(received);
            created.batch.setSpans(new ArrayList<>());
            created.batch.setContents(new ArrayList<>());
            created.batch.setResources(new ArrayList<>());
            return created;
        });
    }

    private static SpanContent content(List<SpanContent> contents, String spanId) {
        for (SpanContent each : contents) {
            if (each.getSpanId().equals(spanId)) {
                return each;
            }
        }
        SpanContent created = new SpanContent(spanId, null, null);
        contents.add(created);
        return created;
    }

    private static String joined(String before, String text) {
        return before == null ? text : before + "\n" + text;
    }
}
