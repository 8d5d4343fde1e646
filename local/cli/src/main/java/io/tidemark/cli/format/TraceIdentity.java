package io.tidemark.cli.format;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;

/**
 * Gives traces their ids. A trace without a trace id gets one from the content of its file and its line number, so that a
 * second replay of the same content gives duplicates and not new traces.
 */
final class TraceIdentity {

    private final String prefix;

    TraceIdentity(ReplayFile file) {
        this.prefix = file.traceIdPrefix();
    }

    void complete(Trace trace, long lineNumber) {
        if (trace.getTraceId().isEmpty()) {
            trace.setTraceId(prefix + lineNumber);
        }
        trace.setInferenceId(inferenceId(trace));
    }

    static String inferenceId(Trace trace) {
        String spanId = trace.getSpanId() == null ? "" : trace.getSpanId();
        return InferenceIds.inferenceId(trace.getTenant(), trace.getTraceId(), spanId);
    }
}
