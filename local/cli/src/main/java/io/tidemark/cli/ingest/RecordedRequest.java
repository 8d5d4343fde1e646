package io.tidemark.cli.ingest;

import io.tidemark.assembly.trace.AssembledTrace;
import io.tidemark.assembly.trace.TraceAssembly;
import io.tidemark.cli.CommandFailure;
import io.tidemark.gateway.mapping.MappingTable;
import io.tidemark.gateway.otlp.BodyDecoder;
import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.gateway.otlp.BodyTooLargeException;
import io.tidemark.gateway.otlp.DecodedBody;
import io.tidemark.gateway.otlp.MalformedBodyException;
import io.tidemark.gateway.otlp.RecordedBody;
import io.tidemark.gateway.otlp.TenantMismatchException;
import io.tidemark.gateway.otlp.TenantRule;
import io.tidemark.gateway.otlp.TextPolicy;
import io.tidemark.gateway.otlp.TimeWindow;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A recorded OTLP request, and what it becomes. Old timestamps are taken, and the body says whose it is.
 *
 * @param body the body
 * @param protobuf the body as protobuf
 * @param decoded what the gateway makes of it
 * @param traces what the assembler makes of that, one entry for each trace
 */
public record RecordedRequest(RecordedBody body, byte[] protobuf, DecodedBody decoded, List<AssembledTrace> traces) {

    private static final MappingTable TABLE = MappingTable.load();

    /**
     * Reads a recorded request.
     *
     * @param tenant tenant of a body that names none
     * @param captureContent whether prompts and responses are shown, redacted
     * @throws CommandFailure when the body is refused as a whole
     */
    public static RecordedRequest read(
            byte[] recorded, Optional<String> contentType, String name, String tenant, boolean captureContent) {
        TextPolicy policy = captureContent ? TextPolicy.withContent() : TextPolicy.withoutContent();
        BodyDecoder decoder =
                new BodyDecoder(TABLE, BodyLimits.DEFAULT, policy, TimeWindow.unlimited(), Clock.systemUTC());
        try {
            RecordedBody body = RecordedBody.of(recorded, contentType, name, decoder.limits());
            DecodedBody decoded =
                    decoder.decode(body.signal(), body.encoding(), body.body(), TenantRule.claimedOr(tenant), null);
            List<AssembledTrace> traces =
                    decoded.batches().stream().map(TraceAssembly::of).toList();
            return new RecordedRequest(
                    body, decoder.protobuf(body.signal(), body.encoding(), body.body()), decoded, traces);
        } catch (MalformedBodyException | BodyTooLargeException | TenantMismatchException e) {
            throw new CommandFailure("'%s' is refused: %s".formatted(name, e.getMessage()), e);
        }
    }

    static MappingTable table() {
        return TABLE;
    }
}
