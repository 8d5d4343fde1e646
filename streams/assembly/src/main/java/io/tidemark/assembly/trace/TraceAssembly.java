package io.tidemark.assembly.trace;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.LooseSpan;
import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.avro.SpanContent;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VersionTupleRecord;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes inferences of the spans of one trace. Each model-call span becomes one. Every other span of the trace goes to exactly one of them, so
 * that nothing is counted twice: to the first call that ends at or after the span's start, which is the one that it prepares, and a span
 * after the last call to that one.
 */
public final class TraceAssembly {

    private static final List<String> FIELDS = List.of(
            "base_model",
            "fine_tune",
            "prompt",
            "tool_schema",
            "retrieval_index",
            "eval_pass",
            "serving",
            "intent",
            "role",
            "region",
            "cohort",
            "provider_key_id",
            "session_id",
            "turn",
            "prompt_name",
            "prompt_version");

    private final SpanBatch batch;
    private final SpanForest forest;
    private final FactResolver resolver;
    private final Predicate<String> isNew;

    private TraceAssembly(SpanBatch batch, Predicate<String> isNew) {
        this.batch = batch;
        this.isNew = isNew;
        this.forest = new SpanForest(batch.getSpans());
        this.resolver = new FactResolver(forest, batch.getResources());
    }

    /** @param batch all spans of the trace that have come; its records become those of the result and must not be used again */
    public static AssembledTrace of(SpanBatch batch) {
        return new TraceAssembly(batch, id -> true).assemble(false);
    }

    /**
     * What spans become that came after their trace was finished. They never join an inference that is written already.
     *
     * @param batch what is remembered of the trace, and the late spans
     * @param late ids of those
     */
    public static AssembledTrace ofLate(SpanBatch batch, Set<String> late) {
        return new TraceAssembly(batch, late::contains).assemble(true);
    }

    /** Whether every span that another one names as its parent has come, the root too. */
    public static boolean isComplete(SpanBatch batch) {
        return new SpanForest(batch.getSpans()).isComplete();
    }

    private AssembledTrace assemble(boolean late) {
        List<ReceivedSpan> fresh = forest.spans().stream()
                .filter(span -> isNew.test(span.getSpan().getSpanId()))
                .toList();
        List<ReceivedSpan> calls = fresh.stream()
                .filter(span -> span.getCall() != null)
                .sorted(Comparator.comparing((ReceivedSpan span) -> end(span.getSpan()))
                        .thenComparing(span -> span.getSpan().getSpanId()))
                .toList();
        if (calls.isEmpty()) {
            List<LooseSpan> loose =
                    fresh.stream().map(span -> loose(span, late)).toList();
            return new AssembledTrace(List.of(), loose, forest.spans().size());
        }
        Map<String, List<Span>> spansByCall = new HashMap<>();
        for (ReceivedSpan span : fresh) {
            ReceivedSpan owner = span.getCall() != null ? span : owner(span.getSpan(), calls);
            spansByCall
                    .computeIfAbsent(owner.getSpan().getSpanId(), id -> new ArrayList<>())
                    .add(span.getSpan());
        }
        List<AssembledTrace.Inference> inferences = calls.stream()
                .map(call -> inference(call, spansByCall.get(call.getSpan().getSpanId())))
                .toList();
        return new AssembledTrace(inferences, List.of(), forest.spans().size());
    }

    private LooseSpan loose(ReceivedSpan span, boolean late) {
        Map<String, ResolvedFact> facts = facts(span);
        return new LooseSpan(
                batch.getTenant(),
                batch.getTraceId(),
                version(facts),
                role(facts.get("role").valueOr("")),
                component(facts, "intent"),
                facts.get("session_id").value(),
                late,
                span.getSpan());
    }

    private static ReceivedSpan owner(Span span, List<ReceivedSpan> calls) {
        for (ReceivedSpan call : calls) {
            if (!end(call.getSpan()).isBefore(span.getStartTime())) {
                return call;
            }
        }
        return calls.get(calls.size() - 1);
    }

    private static java.time.Instant end(Span span) {
        long micros = span.getDurationMicros() == null ? 0 : span.getDurationMicros();
        return span.getStartTime().plus(micros, ChronoUnit.MICROS);
    }

    private AssembledTrace.Inference inference(ReceivedSpan span, List<Span> spans) {
        Trace trace = span.getCall();
        String spanId = span.getSpan().getSpanId();
        trace.setTenant(batch.getTenant());
        trace.setTraceId(batch.getTraceId());
        trace.setSpanId(spanId);
        trace.setInferenceId(InferenceIds.inferenceId(batch.getTenant(), batch.getTraceId(), spanId));
        Map<String, ResolvedFact> facts = facts(span);
        slice(trace, facts);
        contents(trace, spanId);
        spans.sort(Comparator.comparing(Span::getStartTime).thenComparing(Span::getSpanId));
        trace.setSpans(spans);
        SpanCounts.apply(trace, spans);
        return new AssembledTrace.Inference(trace, facts);
    }

    private Map<String, ResolvedFact> facts(ReceivedSpan span) {
        Map<String, ResolvedFact> facts = new HashMap<>();
        FIELDS.forEach(field -> facts.put(field, resolver.resolve(span, field)));
        managedPrompt(facts);
        return facts;
    }

    /** A managed prompt says which prompt it was, when nothing more exact does. */
    private static void managedPrompt(Map<String, ResolvedFact> facts) {
        ResolvedFact name = facts.remove("prompt_name");
        ResolvedFact version = facts.remove("prompt_version");
        if (facts.get("prompt").value() == null && name.value() != null) {
            String text = version.value() == null ? name.value() : name.value() + ":" + version.value();
            facts.put("prompt", new ResolvedFact(text, name.source(), name.spanId()));
        }
    }

    private static void slice(Trace trace, Map<String, ResolvedFact> facts) {
        trace.setVersion(version(facts));
        trace.setIntent(component(facts, "intent"));
        trace.setRole(role(facts.get("role").valueOr("")));
        trace.setRegion(facts.get("region").value());
        trace.setCohort(facts.get("cohort").value());
        trace.setProviderKeyId(facts.get("provider_key_id").value());
        trace.setSessionId(facts.get("session_id").value());
        trace.setTurn(turn(facts.get("turn").valueOr("")));
    }

    private static VersionTupleRecord version(Map<String, ResolvedFact> facts) {
        return new VersionTupleRecord(
                component(facts, "base_model"),
                component(facts, "fine_tune"),
                component(facts, "prompt"),
                component(facts, "tool_schema"),
                component(facts, "retrieval_index"),
                component(facts, "eval_pass"),
                component(facts, "serving"));
    }

    private static String component(Map<String, ResolvedFact> facts, String field) {
        return facts.get(field).valueOr(VersionTuple.UNKNOWN);
    }

    private static TrafficRole role(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        for (TrafficRole role : TrafficRole.values()) {
            if (role.name().equals(name)) {
                return role;
            }
        }
        return TrafficRole.UNKNOWN;
    }

    private static Integer turn(String text) {
        return text.matches("[1-9][0-9]{0,8}") ? Integer.valueOf(text) : null;
    }

    private void contents(Trace trace, String spanId) {
        for (SpanContent content : batch.getContents()) {
            if (content.getSpanId().equals(spanId)) {
                trace.setPromptText(joined(trace.getPromptText(), content.getPromptText()));
                trace.setResponseText(joined(trace.getResponseText(), content.getResponseText()));
            }
        }
    }

    private static String joined(String before, String text) {
        if (before == null || text == null) {
            return before == null ? text : before;
        }
        return before + "\n" + text;
    }

    /** Counts that the spans of an inference give when its model call did not. */
    private static final class SpanCounts {

        private SpanCounts() {}

        static void apply(Trace trace, List<Span> spans) {
            long tools = count(spans, SpanKind.TOOL, false);
            if (tools > 0 && trace.getToolCalls() == null) {
                trace.setToolCalls((int) tools);
                trace.setToolErrors((int) count(spans, SpanKind.TOOL, true));
            }
            boolean guarded = count(spans, SpanKind.GUARDRAIL, false) > 0;
            if (guarded && trace.getGuardrailBlocks() == null) {
                trace.setGuardrailBlocks((int) count(spans, SpanKind.GUARDRAIL, true));
            }
        }

        private static long count(List<Span> spans, SpanKind kind, boolean failedOnly) {
            return spans.stream()
                    .filter(span -> span.getKind() == kind)
                    .filter(span -> !failedOnly || Boolean.FALSE.equals(span.getOk()))
                    .count();
        }
    }
}
