package io.tidemark.cli.format;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.ingest.validation.BlankTrace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Azure's public traces of LLM requests. They say nothing about outcome or version, so both stay unknown. */
final class AzureLlmFormat implements ReplayFormat {

    private static final int TIMESTAMP = 0;
    private static final int CONTEXT_TOKENS = 1;
    private static final int GENERATED_TOKENS = 2;
    private static final List<String> COLUMNS = List.of("TIMESTAMP", "ContextTokens", "GeneratedTokens");

    @Override
    public String id() {
        return "azure-llm";
    }

    @Override
    public String description() {
        return "CSV with the columns TIMESTAMP (UTC), ContextTokens, GeneratedTokens";
    }

    @Override
    public TraceReader open(ReplayFile file, ReplayOptions options) {
        LineReader lines = new LineReader(file);
        CsvRow row = new CsvRow(CsvHeader.read(lines, file, id(), COLUMNS));
        TraceIdentity identity = new TraceIdentity(file);
        String tenant = options.tenant().orElse(id());
        return new LineTraceReader(lines, line -> {
            row.fill(line);
            Trace trace = BlankTrace.create();
            trace.setTenant(tenant);
            options.baseModel().ifPresent(trace.getVersion()::setBaseModel);
            trace.setRole(TrafficRole.PRODUCTION);
            trace.setEventTime(Instant.EPOCH.plus(row.requiredWallTime(TIMESTAMP), ChronoUnit.MICROS));
            trace.setInputTokens(row.count(CONTEXT_TOKENS));
            trace.setOutputTokens(row.count(GENERATED_TOKENS));
            identity.complete(trace, line.number());
            return trace;
        });
    }
}
