package io.tidemark.cli.format;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.ingest.validation.BlankTrace;
import java.io.IOException;
import java.time.Instant;

/**
 * Mooncake's public traces of Kimi requests. Their {@code hash_ids} tell which prompt blocks two requests share, not which
 * of them the server had in its cache: so cached tokens stay unknown, and the ids are not read.
 */
final class MooncakeFormat implements ReplayFormat {

    private static final String TIMESTAMP = "timestamp";
    private static final String INPUT_LENGTH = "input_length";
    private static final String OUTPUT_LENGTH = "output_length";

    /** A thousand years, so that no offset overflows. */
    private static final long MAXIMUM_OFFSET_MILLIS = 31_556_952_000_000L;

    @Override
    public String id() {
        return "mooncake";
    }

    @Override
    public String description() {
        return "JSON lines with timestamp (ms from the start), input_length, output_length";
    }

    @Override
    public TraceReader open(ReplayFile file, ReplayOptions options) {
        TraceIdentity identity = new TraceIdentity(file);
        String tenant = options.tenant().orElse(id());
        return new LineTraceReader(new LineReader(file), JsonLines.mapper((cursor, line) -> {
            Trace trace = BlankTrace.create();
            trace.setTenant(tenant);
            options.baseModel().ifPresent(trace.getVersion()::setBaseModel);
            trace.setRole(TrafficRole.PRODUCTION);
            read(cursor, trace, options.start());
            identity.complete(trace, line.number());
            return trace;
        }));
    }

    private static void read(JsonCursor cursor, Trace trace, Instant start) throws IOException, MalformedLineException {
        boolean timed = false;
        for (String field = cursor.nextField(); field != null; field = cursor.nextField()) {
            switch (field) {
                case TIMESTAMP -> {
                    trace.setEventTime(start.plusMillis(cursor.wholeNumber(TIMESTAMP, 0, MAXIMUM_OFFSET_MILLIS)));
                    timed = true;
                }
                case INPUT_LENGTH -> trace.setInputTokens(tokens(cursor, INPUT_LENGTH));
                case OUTPUT_LENGTH -> trace.setOutputTokens(tokens(cursor, OUTPUT_LENGTH));
                default -> cursor.skip();
            }
        }
        if (!timed) {
            throw cursor.malformed("timestamp is missing");
        }
    }

    private static Long tokens(JsonCursor cursor, String field) throws IOException, MalformedLineException {
        return cursor.isNull() ? null : (Long) cursor.wholeNumber(field, 0, Long.MAX_VALUE);
    }
}
