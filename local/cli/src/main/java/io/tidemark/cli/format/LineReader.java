package io.tidemark.cli.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of a file as byte ranges of one buffer, so that reading a line allocates nothing. A line ends with LF only, because
 * texts may hold other line separators; a CR before it is dropped.
 */
final class LineReader implements AutoCloseable {

    /** Longest line. A longer one is malformed, so that a file without line ends cannot fill the memory. */
    static final int MAXIMUM_LINE_BYTES = 16 << 20;

    private static final int INITIAL_BYTES = 1 << 17;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ReplayFile file;
    private final InputStream content;
    private byte[] buffer = new byte[INITIAL_BYTES];
    private int position;
    private int limit;
    private int start;
    private int end;
    private long number;

    LineReader(ReplayFile file) {
        this.file = file;
        this.content = file.content();
    }

    /** Moves to the next line; false at the end of the file. */
    boolean next() throws MalformedLineException {
        int lineEnd = findLineEnd();
        if (lineEnd < 0 && position == limit) {
            return false;
        }
        number++;
        start = position;
        end = lineEnd < 0 ? limit : lineEnd;
        position = lineEnd < 0 ? limit : lineEnd + 1;
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        if (number == 1 && startsWithByteOrderMark()) {
            start += BYTE_ORDER_MARK.length;
        }
        return true;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Index of the first byte of the line. */
    int start() {
        return start;
    }

    /** Index after the last byte of the line. */
    int end() {
        return end;
    }

    /** Number of the line, from 1. */
    long number() {
        return number;
    }

    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    String text() {
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    MalformedLineException malformed(int column, String problem) {
        return new MalformedLineException(file.name(), number, column, problem);
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw ReplayFile.unreadable(file.path(), e);
        }
    }

    /** Index of the LF that ends the next line, or -1 when the file ends without one. */
    private int findLineEnd() throws MalformedLineException {
        int from = position;
        while (true) {
            for (int i = from; i < limit; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            int scanned = limit - position;
            if (scanned >= MAXIMUM_LINE_BYTES) {
                skipLine();
                throw malformed(1, "the line is longer than %d bytes".formatted(MAXIMUM_LINE_BYTES));
            }
            if (!fill()) {
                return -1;
            }
            from = position + scanned;
        }
    }

    private void skipLine() {
        number++;
        do {
            position = 0;
            limit = 0;
            if (!fill()) {
                return;
            }
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
        } while (position == limit);
        position++;
    }

    private boolean fill() {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int read = content.read(buffer, limit, buffer.length - limit);
            limit += Math.max(read, 0);
            return read >= 0;
        } catch (IOException e) {
            throw ReplayFile.unreadable(file.path(), e);
        }
    }

    private boolean startsWithByteOrderMark() {
        return end - start >= BYTE_ORDER_MARK.length
                && Arrays.equals(
                        buffer, start, start + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }
}
