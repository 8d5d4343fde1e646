package io.tidemark.cli.format;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.ingest.validation.TraceLimits;
import io.tidemark.ingest.validation.TraceValidator;
import io.tidemark.ingest.validation.Violation;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tidemark's own JSON lines: every field of the trace schema by its name. */
final class TidemarkFormat implements ReplayFormat {

    private static final TraceValidator VALIDATOR = new TraceValidator(TraceLimits.DEFAULT);

    @Override
    public String id() {
        return "tidemark";
    }

    @Override
    public String description() {
        return "JSON lines with the fields of the trace schema";
    }

    @Override
    public TraceReader open(ReplayFile file, ReplayOptions options) {
        TraceIdentity identity = new TraceIdentity(file);
        return new LineTraceReader(new LineReader(file), JsonLines.mapper((cursor, line) -> {
            Map<String, Integer> columns = new HashMap<>();
            Trace trace = read(cursor, columns);
            options.tenant().filter(tenant -> trace.getTenant().isEmpty()).ifPresent(trace::setTenant);
            complete(trace, identity, line, columns);
            return trace;
        }));
    }

    private static Trace read(JsonCursor cursor, Map<String, Integer> columns)
            throws IOException, MalformedLineException {
        Trace trace = (Trace) new TraceJson(cursor, columns).read(Trace.getClassSchema());
        if (!columns.containsKey("event_time")) {
            throw cursor.malformed("event_time is missing");
        }
        return trace;
    }

    private static void complete(Trace trace, TraceIdentity identity, LineReader line, Map<String, Integer> columns)
            throws MalformedLineException {
        String given = trace.getInferenceId();
        identity.complete(trace, line.number());
        if (!given.isEmpty() && !given.equals(trace.getInferenceId())) {
            throw line.malformed(
                    columns.get("inference_id"),
                    "inference_id = '%s' must be '%s', the hash of tenant, trace_id and span_id; it may be left out"
                            .formatted(given, trace.getInferenceId()));
        }
        List<Violation> violations = VALIDATOR.violations(trace);
        if (!violations.isEmpty()) {
            Violation first = violations.get(0);
            throw line.malformed(columns.getOrDefault(topLevelField(first), 1), first.message());
        }
    }

    private static String topLevelField(Violation violation) {
        return violation.field().split("[.\\[]", 2)[0];
    }
}
