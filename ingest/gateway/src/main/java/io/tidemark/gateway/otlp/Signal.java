package io.tidemark.gateway.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/** What an OTLP body holds. */
@SuppressWarnings("ImmutableEnumChecker") // default instances of protobuf messages are immutable
public enum Signal {
    TRACES(ExportTraceServiceRequest.getDefaultInstance()),
    LOGS(ExportLogsServiceRequest.getDefaultInstance()),
    METRICS(ExportMetricsServiceRequest.getDefaultInstance());

    private final Message request;

    Signal(Message request) {
        this.request = request;
    }

    Message.Builder newRequest() {
        return request.newBuilderForType();
    }
}
