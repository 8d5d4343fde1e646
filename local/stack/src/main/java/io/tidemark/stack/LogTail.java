package io.tidemark.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a child's log, for the message that says why the child is gone. */
final class LogTail {

    private static final int LINES = 15;
    private static final int BYTES = 16 * 1024;

    private LogTail() {}

    /** The last lines after an offset, or where to look when they cannot be read. */
    static String describe(Path logFile, long start) {
        try {
            String lines = lastLines(logFile, start);
            return lines.isEmpty()
                    ? "Its log %s is empty.".formatted(logFile)
                    : "Last lines of its log %s:%n%s".formatted(logFile, lines);
        } catch (IOException e) {
            return "Its log %s cannot be read: %s".formatted(logFile, e.getMessage());
        }
    }

    private static String lastLines(Path logFile, long start) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(logFile.toFile(), "r")) {
            long from = Math.max(start, file.length() - BYTES);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        }
    }
}
