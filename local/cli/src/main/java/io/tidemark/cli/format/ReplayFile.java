package io.tidemark.cli.format;

import io.tidemark.cli.CommandFailure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of recorded traffic, plain or gzip. Its identity is its content: the same lines under another name or another
 * compression are the same file.
 *
 * @param path where it lies
 * @param contentHash SHA-256 of the content after decompression, 64 hex digits
 * @param lines number of lines, a header and empty ones included
 */
public record ReplayFile(Path path, String contentHash, long lines) {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int TRACE_ID_HEX_DIGITS = 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    /**
     * Reads a file once to find its identity.
     *
     * @throws CommandFailure when it is missing, unreadable or damaged
     */
    public static ReplayFile open(Path path) {
        if (!Files.exists(path)) {
            throw new CommandFailure("file '%s' does not exist".formatted(path));
        }
        if (!Files.isRegularFile(path)) {
            throw new CommandFailure("'%s' is not a file".formatted(path));
        }
        try (InputStream content = content(path)) {
            return scan(path, content);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Name without folders, for messages. */
    public String name() {
        return path.getFileName().toString();
    }

    /** Prefix of every trace id that comes from this file; the line number follows. */
    String traceIdPrefix() {
        return contentHash.substring(0, TRACE_ID_HEX_DIGITS) + "-";
    }

    /** The content, decompressed. */
    InputStream content() {
        try {
            return content(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static CommandFailure unreadable(Path path, IOException cause) {
        if (cause instanceof EOFException || cause instanceof ZipException) {
            return new CommandFailure(
                    "file '%s' is a damaged gzip file: %s".formatted(path, cause.getMessage()), cause);
        }
        return new CommandFailure("file '%s' cannot be read: %s".formatted(path, cause.getMessage()), cause);
    }

    private static InputStream content(Path path) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
        try {
            raw.mark(2);
            int magic = raw.read() << Byte.SIZE | raw.read();
            raw.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static ReplayFile scan(Path path, InputStream content) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long lines = 0;
        byte last = '\n';
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    lines++;
                }
            }
            last = read > 0 ? buffer[read - 1] : last;
        }
        return new ReplayFile(path, HexFormat.of().formatHex(digest.digest()), last == '\n' ? lines : lines + 1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
