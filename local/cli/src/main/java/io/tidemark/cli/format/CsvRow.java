package io.tidemark.cli.format;

import java.nio.charset.StandardCharsets;

/**
 * The cells of one CSV line (RFC 4180, without line ends inside cells). Columns are named by their index in the header's
 * list. One instance is filled again for each line.
 */
final class CsvRow {

    private static final int SHOWN_CHARACTERS = 64;
    private static final long DECIMAL_LIMIT = (Long.MAX_VALUE - 9) / 10;

    private final CsvHeader header;
    private final int[] starts;
    private final int[] ends;
    private LineReader line;

    CsvRow(CsvHeader header) {
        this.header = header;
        this.starts = new int[header.columnsInFile()];
        this.ends = new int[header.columnsInFile()];
    }

    /** Splits a line into cells. */
    void fill(LineReader filled) throws MalformedLineException {
        line = filled;
        byte[] buffer = filled.buffer();
        int end = filled.end();
        int cells = 0;
        int cellStart = filled.start();
        while (true) {
            int cellEnd = cellEnd(buffer, cellStart, end, cells);
            if (cells < starts.length) {
                boolean quoted = cellStart < end && buffer[cellStart] == '"';
                starts[cells] = quoted ? cellStart + 1 : cellStart;
                ends[cells] = quoted ? cellEnd - 1 : cellEnd;
            }
            cells++;
            if (cellEnd == end) {
                break;
            }
            cellStart = cellEnd + 1;
        }
        if (cells != starts.length) {
            throw filled.malformed(
                    Math.min(cells, starts.length + 1),
                    "the line has %d cells, the header has %d".formatted(cells, starts.length));
        }
    }

    boolean isEmpty(int column) {
        return start(column) == end(column);
    }

    String text(int column) {
        int start = start(column);
        String raw = new String(line.buffer(), start, end(column) - start, StandardCharsets.UTF_8);
        return raw.indexOf('"') < 0 ? raw : raw.replace("\"\"", "\"");
    }

    String requiredText(int column) throws MalformedLineException {
        if (isEmpty(column)) {
            throw malformed(column, "is empty");
        }
        return text(column);
    }

    /** A whole number of at least 0; null when the cell is empty, which means unknown. */
    Long count(int column) throws MalformedLineException {
        return isEmpty(column) ? null : requiredCount(column);
    }

    long requiredCount(int column) throws MalformedLineException {
        byte[] buffer = line.buffer();
        int end = end(column);
        long value = 0;
        for (int i = start(column); i < end; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9 || value > DECIMAL_LIMIT) {
                throw malformed(column, "must be a whole number >= 0");
            }
            value = value * 10 + digit;
        }
        if (isEmpty(column)) {
            throw malformed(column, "is empty");
        }
        return value;
    }

    /** A UTC wall time as microseconds since the epoch. */
    long requiredWallTime(int column) throws MalformedLineException {
        long micros = WallTime.epochMicros(line.buffer(), start(column), end(column));
        if (micros == WallTime.MALFORMED) {
            throw malformed(column, "must be a UTC time such as 2023-11-16 18:15:46.6805900");
        }
        return micros;
    }

    MalformedLineException malformed(int column, String rule) {
        String value = text(column);
        String shown = value.length() > SHOWN_CHARACTERS ? value.substring(0, SHOWN_CHARACTERS) + "..." : value;
        return line.malformed(
                header.positions()[column] + 1,
                "%s = '%s' %s".formatted(header.names().get(column), shown, rule));
    }

    private int start(int column) {
        return starts[header.positions()[column]];
    }

    private int end(int column) {
        return ends[header.positions()[column]];
    }

    private int cellEnd(byte[] buffer, int start, int end, int cell) throws MalformedLineException {
        if (start < end && buffer[start] == '"') {
            return quotedCellEnd(buffer, start, end, cell);
        }
        for (int i = start; i < end; i++) {
            if (buffer[i] == ',') {
                return i;
            }
        }
        return end;
    }

    private int quotedCellEnd(byte[] buffer, int start, int end, int cell) throws MalformedLineException {
        for (int i = start + 1; i < end; i++) {
            if (buffer[i] != '"') {
                continue;
            }
            if (i + 1 == end || buffer[i + 1] == ',') {
                return i + 1;
            }
            i++;
            if (buffer[i] != '"') {
                break;
            }
        }
        throw line.malformed(cell + 1, "the quotes of the cell are not closed");
    }
}
