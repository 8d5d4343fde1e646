package io.tidemark.cli.format;

import io.tidemark.cli.CommandFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Where the columns of a format stand in a file. Their order is free, and further columns are ignored. */
record CsvHeader(List<String> names, int[] positions, int columnsInFile) {

    /**
     * Reads the header line.
     *
     * @throws CommandFailure when the file has no header with these columns, and so is not of the format
     */
    static CsvHeader read(LineReader lines, ReplayFile file, String formatId, List<String> names) {
        List<String> found = columns(lines);
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(found);
        if (!missing.isEmpty()) {
            throw new CommandFailure("file '%s' is not of the format %s: its first line must name the column %s"
                    .formatted(file.path(), formatId, String.join(", ", missing)));
        }
        int[] positions = names.stream().mapToInt(found::indexOf).toArray();
        return new CsvHeader(names, positions, found.size());
    }

    /** Every column of a file, in its order. */
    static CsvHeader everyColumn(LineReader lines) {
        List<String> names = columns(lines);
        return new CsvHeader(names, IntStream.range(0, names.size()).toArray(), names.size());
    }

    private static List<String> columns(LineReader lines) {
        try {
            return lines.next()
                    ? Arrays.stream(lines.text().split(",", -1))
                            .map(CsvHeader::unquoted)
                            .toList()
                    : List.of();
        } catch (MalformedLineException e) {
            return List.of();
        }
    }

    private static String unquoted(String name) {
        String stripped = name.strip();
        boolean quoted = stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"");
        return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
    }
}
