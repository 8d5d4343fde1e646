package io.tidemark.gateway.mapping;

import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.ingest.validation.BlankTrace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Makes what a span says about its model call out of its draft. */
public final class CallTrace {

    private static final CallField[] FIELDS = CallField.values();
    private static final int HTTP_ERROR = 400;

    private final MappingTable table;

    public CallTrace(MappingTable table) {
        this.table = table;
    }

    /**
     * The call of a span.
     *
     * @param end when the span ended
     * @param failed whether the span's status says that it failed
     * @param exceptionType type of the last exception that the span recorded, or null
     * @param resource attributes that are kept of the span's resource
     */
    public Trace of(
            SpanDraft draft,
            Span span,
            Instant end,
            boolean failed,
            String exceptionType,
            Map<String, String> resource) {
        Trace trace = BlankTrace.create();
        Map<String, String> attributes = new HashMap<>(resource);
        attributes.putAll(draft.kept());
        trace.setAttributes(attributes);
        trace.setSpanId(span.getSpanId());
        trace.setEventTime(end);
        trace.setEndToEndMicros(span.getDurationMicros());
        for (CallField field : FIELDS) {
            Object value = draft.call(field);
            if (value != null) {
                field.set(trace, value);
            }
        }
        trace.setNumericFeatures(Map.copyOf(draft.numericFeatures()));
        trace.setCategoricalFeatures(Map.copyOf(draft.categoricalFeatures()));
        firstToken(trace, draft, span.getStartTime());
        outcome(trace, draft, failed, exceptionType);
        return trace;
    }

    private static void firstToken(Trace trace, SpanDraft draft, Instant start) {
        Instant first = (Instant) draft.call(CallField.FIRST_TOKEN_TIME);
        if (first != null && trace.getTtftMicros() == null && !first.isBefore(start)) {
            trace.setTtftMicros(ChronoUnit.MICROS.between(start, first));
        }
    }

    private void outcome(Trace trace, SpanDraft draft, boolean failed, String exceptionType) {
        if (trace.getRefused() == null && trace.getFinishReason() != null && table.isRefusal(trace.getFinishReason())) {
            trace.setRefused(true);
        }
        numericErrorClass(trace);
        boolean error = failed
                || trace.getErrorClass() != null
                || trace.getHttpStatus() != null && trace.getHttpStatus() >= HTTP_ERROR
                || "ERROR".equals(draft.call(CallField.ERROR_LEVEL));
        if (error && trace.getErrorClass() == null) {
            trace.setErrorClass(ValueKind.name(exceptionType));
        }
        trace.setStatus(error ? failure(trace.getErrorClass()) : InferenceStatus.OK);
    }

    /** An error type may be the HTTP status. */
    private static void numericErrorClass(Trace trace) {
        String errorClass = trace.getErrorClass();
        if (trace.getHttpStatus() == null && errorClass != null && errorClass.matches("[1-5][0-9]{2}")) {
            trace.setHttpStatus(Integer.valueOf(errorClass));
        }
    }

    private static InferenceStatus failure(String errorClass) {
        String name = errorClass == null ? "" : errorClass.toLowerCase(Locale.ROOT);
        if (name.contains("timeout") || name.contains("timedout") || name.contains("deadline")) {
            return InferenceStatus.TIMEOUT;
        }
        return name.contains("cancel") || name.contains("abort") ? InferenceStatus.CANCELLED : InferenceStatus.ERROR;
    }
}
