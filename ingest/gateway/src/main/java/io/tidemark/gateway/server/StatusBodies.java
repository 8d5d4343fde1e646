package io.tidemark.gateway.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tidemark.gateway.otlp.Signal;
import java.util.Map;

/** Bodies of answers, as the OTLP specification wants them. */
final class StatusBodies {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names of the field that counts what was refused, in JSON. */
    private static final Map<Signal, String> REJECTED = Map.of(
            Signal.TRACES, "rejectedSpans",
            Signal.LOGS, "rejectedLogRecords",
            Signal.METRICS, "rejectedDataPoints");

    private StatusBodies() {}

    /** A success; with {@code partial_success} when something was refused. */
    static byte[] success(Signal signal, Taken taken) {
        long refused = taken.refused().size();
        return switch (signal) {
            case TRACES -> {
                ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
                if (refused > 0) {
                    response.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(refused)
                            .setErrorMessage(taken.message()));
                }
                yield response.build().toByteArray();
            }
            case LOGS -> {
                ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
                if (refused > 0) {
                    response.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                            .setRejectedLogRecords(refused)
                            .setErrorMessage(taken.message()));
                }
                yield response.build().toByteArray();
            }
            case METRICS -> ExportMetricsServiceResponse.getDefaultInstance().toByteArray();
        };
    }

    /** The same in JSON. */
    static byte[] successJson(Signal signal, Taken taken) {
        ObjectNode response = JSON.createObjectNode();
        if (!taken.refused().isEmpty()) {
            response.putObject("partialSuccess")
                    .put(REJECTED.get(signal), Long.toString(taken.refused().size()))
                    .put("errorMessage", taken.message());
        }
        return bytes(response);
    }

    /** The answer to plain records. */
    static byte[] plain(Taken taken) {
        ObjectNode response = JSON.createObjectNode();
        response.put("accepted", taken.items() - taken.refused().size());
        taken.refused().forEach(refusal -> response.withArray("refused")
                .addObject()
                .put("place", refusal.place())
                .put("detail", refusal.detail()));
        return bytes(response);
    }

    /** {@code google.rpc.Status}, which says over gRPC, too, when a retry is worth while. */
    static Status status(RefusedException refusal) {
        Status.Builder status =
                Status.newBuilder().setCode(refusal.answer().grpcCode().value()).setMessage(refusal.getMessage());
        if (refusal.answer().isRetryable()) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(Duration.newBuilder().setSeconds(refusal.retryAfterSeconds()))
                    .build()));
        }
        return status.build();
    }

    static byte[] statusJson(RefusedException refusal) {
        return bytes(JSON.createObjectNode()
                .put("code", refusal.answer().grpcCode().value())
                .put("message", refusal.getMessage()));
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }
}
