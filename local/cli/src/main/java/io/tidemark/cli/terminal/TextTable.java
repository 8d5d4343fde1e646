package io.tidemark.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** A table of texts with aligned columns; numbers stand right. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... header) {
        this.header = List.of(header);
    }

    /** Adds a row of as many cells as the header has. */
    public void add(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    "row has %d cells, header has %d".formatted(cells.size(), header.size()));
        }
        rows.add(List.copyOf(cells));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines of the table, header first, without trailing blanks. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        lines.add(line(header.stream()
                .map(name -> "-".repeat(width(header.indexOf(name))))
                .toList()));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String blanks = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? "" : GAP).append(isNumeric(column) ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = header.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.matches("-|[-+]?[0-9][0-9.,]*( ?[%a-zA-Z]+)?"));
    }
}
