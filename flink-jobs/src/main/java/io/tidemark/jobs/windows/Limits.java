package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.Dimension;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Configured limits of tenants and of provider keys: rows carry them, so that utilisation is one division. The file has the
 * columns {@code kind,name,tokens_per_minute,requests_per_minute}; kind is {@code tenant} or {@code provider_key}; an empty
 * number is no limit.
 */
final class Limits implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String HEADER = "kind,name,tokens_per_minute,requests_per_minute";
    private static final int COLUMNS = 4;
    private static final String TENANT = "tenant";
    private static final String PROVIDER_KEY = "provider_key";

    /** Limits of a slice; null where there is none. */
    record Limit(Long tokensPerMinute, Long requestsPerMinute) implements Serializable {
        static final Limit NONE = new Limit(null, null);
    }

    private final Map<String, Limit> byName = new HashMap<>();

    private Limits() {}

    static Limits none() {
        return new Limits();
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when a line is wrong; the message names file, line and column
     */
    static Limits of(Path file) {
        Limits limits = new Limits();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the limits file " + file, e);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.equals(HEADER)) {
                limits.add(line.split(",", -1), file, i + 1);
            }
        }
        return limits;
    }

    private void add(String[] cells, Path file, int line) {
        if (cells.length != COLUMNS) {
            throw wrong(file, line, cells.length, "expected the columns " + HEADER);
        }
        String kind = cells[0].strip();
        if (!kind.equals(TENANT) && !kind.equals(PROVIDER_KEY)) {
            throw wrong(file, line, 1, "'%s' must be tenant or provider_key".formatted(kind));
        }
        byName.put(
                kind + " " + cells[1].strip(), new Limit(number(cells, 2, file, line), number(cells, 3, file, line)));
    }

    private static Long number(String[] cells, int column, Path file, int line) {
        String text = cells[column].strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            long value = Long.parseLong(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the message below, which names the place
        }
        throw wrong(file, line, column + 1, "'%s' must be a whole number above 0, or empty".formatted(text));
    }

    private static IllegalArgumentException wrong(Path file, int line, int column, String what) {
        return new IllegalArgumentException(
                "limits file %s, line %d, column %d: %s".formatted(file, line, column, what));
    }

    /** Limits of a slice: those of its tenant on level {@code tenant}, those of its key on level {@code provider_key}. */
    Limit of(Slice slice) {
        String name =
                slice.level().equals(TENANT) ? slice.value(Dimension.TENANT) : slice.value(Dimension.PROVIDER_KEY);
        return byName.getOrDefault(slice.level() + " " + name, Limit.NONE);
    }
}
