package io.tidemark.cli.format;

import io.tidemark.contracts.avro.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What reading a whole file gives: traces, and the messages of its malformed lines. */
record Reading(List<Trace> traces, List<String> malformed) {

    static Reading of(String format, Path path, ReplayOptions options) {
        List<Trace> traces = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        try (TraceReader reader = ReplayFormats.named(format).open(ReplayFile.open(path), options)) {
            boolean more = true;
            while (more) {
                try {
                    Trace trace = reader.next();
                    more = trace != null;
                    if (more) {
                        traces.add(trace);
                    }
                } catch (MalformedLineException e) {
                    malformed.add(e.getMessage());
                }
            }
        }
        return new Reading(traces, malformed);
    }

    static Path plain(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    static Path gzip(Path folder, String name, String content) throws IOException {
        Path path = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return path;
    }
}
