package io.tidemark.gateway.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Decompresses bodies, and stops at the limit: a small body may be a very large one in disguise. */
public final class Inflation {

    private static final int BUFFER_BYTES = 1 << 14;
    private static final int USUAL_RATIO = 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private Inflation() {}

    /** Whether the bytes begin as gzip does. */
    public static boolean isGzip(byte[] body) {
        return body.length >= 2 && (body[0] & 0xFF) == GZIP_FIRST && (body[1] & 0xFF) == GZIP_SECOND;
    }

    /**
     * The content of a gzip body.
     *
     * @param maximumBytes most bytes of content
     */
    public static byte[] gunzip(byte[] body, int maximumBytes) throws MalformedBodyException, BodyTooLargeException {
        try (InputStream input = new GZIPInputStream(new ByteArrayInputStream(body), BUFFER_BYTES)) {
            return read(input, maximumBytes, expectedBytes(body));
        } catch (IOException e) {
            throw new MalformedBodyException("the body is no gzip, or is cut off");
        }
    }

    /** Everything of a stream, unless it is more than so many bytes. */
    public static byte[] read(InputStream input, int maximumBytes, int expectedBytes)
            throws IOException, BodyTooLargeException {
        byte[] content = new byte[Math.min(maximumBytes, Math.max(BUFFER_BYTES, expectedBytes)) + 1];
        int size = 0;
        for (int read = 0; read >= 0; read = input.read(content, size, content.length - size)) {
            size += read;
            if (size > maximumBytes) {
                throw BodyTooLargeException.of("bytes", maximumBytes);
            }
            if (size == content.length) {
                content = Arrays.copyOf(content, Math.min(maximumBytes + 1, 2 * size));
            }
        }
        return Arrays.copyOf(content, size);
    }

    /** The end of gzip says how long the content is. It may lie, so that it is believed as far as telemetry compresses and no further. */
    private static int expectedBytes(byte[] body) {
        int end = body.length;
        if (end < Integer.BYTES) {
            return 0;
        }
        long said = Integer.toUnsignedLong(ByteBuffer.wrap(body, end - Integer.BYTES, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt());
        return (int) Math.min(said, (long) USUAL_RATIO * end);
    }
}
