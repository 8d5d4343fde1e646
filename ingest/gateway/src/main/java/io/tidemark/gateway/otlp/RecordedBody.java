package io.tidemark.gateway.otlp;

import io.tidemark.gateway.otlp.BodyDecoder.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A body as it was recorded: maybe compressed, maybe with the frame of a gRPC message around it.
 *
 * @param signal what it holds
 * @param encoding how it is written
 * @param body the body itself
 */
public record RecordedBody(Signal signal, Encoding encoding, byte[] body) {

    private static final int FRAME_BYTES = 5;
    private static final int HEAD_BYTES = 256;

    /**
     * Takes off what lies around a body.
     *
     * @param contentType as the request said; empty to find out from the bytes
     * @param name name of the file, which may tell logs and metrics from traces
     */
    public static RecordedBody of(byte[] recorded, Optional<String> contentType, String name, BodyLimits limits)
            throws MalformedBodyException, BodyTooLargeException {
        byte[] body = unframed(inflated(recorded, limits), limits);
        boolean json = contentType.map(type -> type.contains("json")).orElse(looksLikeJson(body));
        return new RecordedBody(signal(body, json, name), json ? Encoding.JSON : Encoding.PROTOBUF, body);
    }

    private static byte[] inflated(byte[] body, BodyLimits limits)
            throws MalformedBodyException, BodyTooLargeException {
        return Inflation.isGzip(body) ? Inflation.gunzip(body, limits.decompressedBytes()) : body;
    }

    /** A gRPC message is preceded by a byte that says whether it is compressed, and its length. */
    private static byte[] unframed(byte[] body, BodyLimits limits)
            throws MalformedBodyException, BodyTooLargeException {
        boolean framed = body.length >= FRAME_BYTES
                && body[0] >= 0
                && body[0] <= 1
                && ByteBuffer.wrap(body).getInt(1) == body.length - FRAME_BYTES;
        if (!framed) {
            return body;
        }
        byte[] message = new byte[body.length - FRAME_BYTES];
        System.arraycopy(body, FRAME_BYTES, message, 0, message.length);
        return inflated(message, limits);
    }

    private static boolean looksLikeJson(byte[] body) {
        for (byte each : body) {
            if (each == '{') {
                return true;
            }
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return false;
    }

    private static Signal signal(byte[] body, boolean json, String name) {
        String told = json
                ? new String(body, 0, Math.min(body.length, HEAD_BYTES), StandardCharsets.UTF_8)
                : name.toLowerCase(Locale.ROOT);
        if (told.contains(json ? "resourceLogs" : "logs")) {
            return Signal.LOGS;
        }
        return told.contains(json ? "resourceMetrics" : "metrics") ? Signal.METRICS : Signal.TRACES;
    }
}
