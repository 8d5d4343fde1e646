package io.tidemark.cli.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tidemark.contracts.avro.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads each line as one JSON object. */
final class JsonLines {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLines() {}

    /** Turns one object into a trace; the parser stands on the opening brace and must be left on the closing one. */
    interface ObjectMapping {

        Trace map(JsonCursor cursor, LineReader line) throws IOException, MalformedLineException;
    }

    static LineMapper mapper(ObjectMapping mapping) {
        return line -> map(line, mapping);
    }

    private static Trace map(LineReader line, ObjectMapping mapping) throws MalformedLineException {
        try (JsonParser parser = FACTORY.createParser(line.buffer(), line.start(), line.end() - line.start())) {
            JsonCursor cursor = new JsonCursor(parser, line);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw cursor.malformed("the line must hold one JSON object");
            }
            Trace trace = mapping.map(cursor, line);
            if (parser.nextToken() != null) {
                throw cursor.malformed("the line must hold one JSON object and nothing after it");
            }
            return trace;
        } catch (JsonParseException e) {
            throw line.malformed(JsonCursor.column(e.getLocation()), sentence(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /** The problem without Jackson's own description of the place, which is that of the line in memory. */
    private static String sentence(JsonParseException problem) {
        return problem.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    }
}
