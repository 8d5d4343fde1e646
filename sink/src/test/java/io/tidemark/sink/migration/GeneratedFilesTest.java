package io.tidemark.sink.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.measure.MeasureCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What follows from the measure catalogue. Run with {@code -Dtidemark.regenerate=true} to write it again. */
class GeneratedFilesTest {

    private static final Path DEFINITIONS = Path.of("src", "main", "resources", "ddl");

    @Test
    void columnsOfTheMeasures() throws IOException {
        check(
                Path.of("src", "test", "resources", "golden", "measure-columns.sql"),
                MeasureDdl.file().text());
    }

    @Test
    void pageOfTheMeasures() throws IOException {
        check(Path.of("..", "docs", "measures.md"), page());
    }

    @Test
    void everyDefinitionFileIsListed() throws IOException {
        try (Stream<Path> files = Files.walk(DEFINITIONS)) {
            List<String> found = files.filter(file -> file.toString().endsWith(".sql"))
                    .map(file -> DEFINITIONS.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
            assertThat(SqlFile.all()).extracting(SqlFile::name).isEqualTo(found);
        }
    }

    private static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("tidemark.regenerate")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("%s does not follow MeasureCatalog; run this test with -Dtidemark.regenerate=true", file)
                .isEqualTo(expected);
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                """
                # Measures

                Made from `MeasureCatalog`; do not edit. To add a measure, add a line there and run `GeneratedFilesTest` with `-Dtidemark.regenerate=true`.

                Columns of `tidemark.windows`. A count is the column of its name; a sum is `_sum`; a distribution has `_hist`, `_sum`, `_min` and `_max`.
                `_known` says on how many requests the value rests; where it is 0 the value is `NULL`, never 0.

                | measure | kind | unit | what it is | columns |
                | --- | --- | --- | --- | --- |
                """);
        for (Measure measure : MeasureCatalog.all()) {
            page.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            measure.name(),
                            measure.kind().name().toLowerCase(Locale.ROOT),
                            measure.unit(),
                            measure.description(),
                            columns(measure)));
        }
        return page.toString();
    }

    private static String columns(Measure measure) {
        StringJoiner columns = new StringJoiner(", ");
        String name = measure.name();
        switch (measure.kind()) {
            case COUNT -> columns.add("`" + name + "`");
            case SUM -> columns.add("`" + name + "_sum`");
            case DISTRIBUTION ->
                Stream.of("_hist", "_sum", "_min", "_max").forEach(suffix -> columns.add("`" + name + suffix + "`"));
        }
        if (measure.nullable()) {
            columns.add("`" + name + "_known`");
        }
        return columns.toString();
    }
}
