package io.tidemark.gateway.otlp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Decompresses bodies, and stops at the limit: a small body may be a very large one in disguise. */
public final class Inflation {

    private static final int BUFFER_BYTES = 1 << 14;
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
            return read(input, maximumBytes, Math.min(maximumBytes, 4 * body.length));
        } catch (IOException e) {
            throw new MalformedBodyException("the body is no gzip, or is cut off");
        }
    }

    /** Everything of a stream, unless it is more than so many bytes. */
    public static byte[] read(InputStream input, int maximumBytes, int expectedBytes)
            throws IOException, BodyTooLargeException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(Math.max(BUFFER_BYTES, expectedBytes));
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            if (content.size() + read > maximumBytes) {
                throw BodyTooLargeException.of("bytes", maximumBytes);
            }
            content.write(buffer, 0, read);
        }
        return content.toByteArray();
    }
}
