package io.tidemark.statistics.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Compressed tables of the folder {@code shared} beside the checkout; this module may not use the one of the stack. */
public final class RealData {

    private RealData() {}

    /** The rows of a table, header first. The test is skipped, with a message, when the file is not there. */
    public static List<String[]> rows(String relative) {
        Path file = folder().resolve(relative);
        Assumptions.assumeTrue(
                Files.exists(file),
                "Skipped: the shared file %s was not found. Put the folder `shared` beside the checkout, or name it with TIDEMARK_SHARED."
                        .formatted(relative));
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> line.split(",", -1)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The numbers of a column, by its name. */
    public static double[] column(List<String[]> rows, String name) {
        int column = List.of(rows.get(0)).indexOf(name);
        return rows.stream()
                .skip(1)
                .mapToDouble(row -> Double.parseDouble(row[column]))
                .toArray();
    }

    private static Path folder() {
        String named = System.getenv("TIDEMARK_SHARED");
        if (named != null) {
            return Path.of(named);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("shared/data"))) {
                return folder.resolve("shared");
            }
        }
        return Path.of("shared");
    }
}
