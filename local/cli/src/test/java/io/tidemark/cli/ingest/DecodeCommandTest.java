package io.tidemark.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.Tidemark;
import io.tidemark.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DecodeCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"otel-openai-traces.json,otel-openai-traces", "traceloop-traces.pb,traceloop-traces"})
    void everyFieldOfARecordingIsAsExpected(String body, String name) throws IOException {
        JsonNode expected = JSON.readTree(Files.readString(SharedData.file("otlp/" + name + ".expected.json")));
        JsonNode decoded = decode(SharedData.file("otlp/" + body));
        assertThat(differences("", expected, decoded)).isEmpty();
        assertThat(decoded.get("calls")).hasSameSizeAs(expected.get("calls"));
        assertThat(decoded.get("refused")).isEmpty();
    }

    @Test
    void everyCaptureDecodesWithNothingRefused() throws IOException {
        try (Stream<Path> files = Files.walk(SharedData.file("data/otlp"))) {
            List<Path> captures = files.filter(
                            file -> file.getFileName().toString().matches("(0|proto_).*"))
                    .toList();
            assertThat(captures).hasSizeGreaterThanOrEqualTo(18);
            for (Path capture : captures) {
                assertThat(decode(capture, "--content").get("refused"))
                        .as(capture.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void aBodyMayBeCompressedAndFramedAsGrpcDoes() throws IOException {
        byte[] plain = Files.readAllBytes(SharedData.file("otlp/traceloop-traces.pb"));
        byte[] zipped = gzip(plain);
        Path framed = Files.write(
                folder.resolve("grpc.bin"),
                ByteBuffer.allocate(zipped.length + 5)
                        .put((byte) 1)
                        .putInt(zipped.length)
                        .put(zipped)
                        .array());
        assertThat(decode(framed).get("spans").asInt()).isEqualTo(8);
        assertThat(decode(Files.write(folder.resolve("body.gz"), zipped))
                        .get("traces")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void contentIsLeftOutUnlessAskedFor() throws IOException {
        Path body = SharedData.file("otlp/traceloop-traces.pb");
        assertThat(decode(body).toString()).doesNotContain("helpful support agent");
        assertThat(decode(body, "--content").toString()).contains("helpful support agent");
    }

    @Test
    void aBodyThatIsNoneIsAFailureWithOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("no.json"), "{\"resourceSpans\": 7}");
        StringWriter err = new StringWriter();
        int code = run(new StringWriter(), err, List.of("ingest", "decode", file.toString()));
        assertThat(code).isNotZero();
        assertThat(err.toString()).contains("'no.json' is refused: 'resourceSpans' must be an array");
    }

    private static List<String> differences(String path, JsonNode expected, JsonNode actual) {
        List<String> found = new ArrayList<>();
        if (expected.isObject()) {
            expected.fieldNames().forEachRemaining(field -> {
                if (!field.equals("file")) {
                    found.addAll(differences(path + "." + field, expected.get(field), at(actual, field)));
                }
            });
        } else if (expected.isArray() && path.equals(".calls")) {
            for (JsonNode call : expected) {
                found.addAll(differences(path + "." + call.get("spanId").asText() + "|", call, call(actual, call)));
            }
        } else if (!expected.equals(actual)) {
            found.add("%s: expected %s, got %s".formatted(path, expected, actual));
        }
        return found;
    }

    private static JsonNode at(JsonNode node, String field) {
        return node == null || node.get(field) == null ? JSON.nullNode() : node.get(field);
    }

    private static JsonNode call(JsonNode calls, JsonNode wanted) {
        for (JsonNode call : calls) {
            if (call.get("spanId").equals(wanted.get("spanId"))) {
                return call;
            }
        }
        return JSON.nullNode();
    }

    private static JsonNode decode(Path file, String... options) throws IOException {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("ingest", "decode", file.toString()));
        arguments.addAll(List.of(options));
        StringWriter err = new StringWriter();
        assertThat(run(out, err, arguments)).as(err.toString()).isZero();
        return JSON.readTree(out.toString());
    }

    private static int run(StringWriter out, StringWriter err, List<String> arguments) {
        CommandLine commandLine = Tidemark.commandLine();
        return commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }
}
