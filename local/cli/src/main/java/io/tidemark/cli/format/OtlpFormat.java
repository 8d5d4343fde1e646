package io.tidemark.cli.format;

import io.tidemark.cli.ingest.RecordedRequest;
import io.tidemark.contracts.avro.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A recorded OTLP request body, protobuf or JSON. */
final class OtlpFormat implements ReplayFormat {

    @Override
    public String id() {
        return "otlp";
    }

    @Override
    public String description() {
        return "a recorded OTLP traces request, protobuf or JSON";
    }

    @Override
    public TraceReader open(ReplayFile file, ReplayOptions options) {
        RecordedRequest request = RecordedRequest.read(
                bytes(file), Optional.empty(), file.name(), options.tenant().orElse(id()), false);
        List<Trace> traces = request.traces().stream()
                .flatMap(trace -> trace.inferences().stream())
                .map(inference -> inference.trace())
                .toList();
        Iterator<Trace> remaining = traces.iterator();
        return new TraceReader() {
            @Override
            public Trace next() {
                return remaining.hasNext() ? remaining.next() : null;
            }

            @Override
            public void close() {
                // the file was read at once: a body is small
            }
        };
    }

    private static byte[] bytes(ReplayFile file) {
        try (InputStream content = file.content()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw ReplayFile.unreadable(file.path(), e);
        }
    }
}
