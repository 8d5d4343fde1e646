package io.tidemark.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tidemark.testing.ClickHouseExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside each alert rule lies the page of whoever is called by it; what it says to ask in SQL can be asked. */
class RunbooksIT {

    private static final Path RULES = Path.of("..", "..", "alert-rules");
    private static final Pattern SQL = Pattern.compile("```sql\n(.+?)\n```", Pattern.DOTALL);

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    static List<Path> rules() throws IOException {
        try (Stream<Path> files = Files.walk(RULES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aPageSaysWhatItMeansWhereToLookWhatToDoAndHowToTakeItBack(Path rule) throws Exception {
        String page = RULES.relativize(rule).toString().replace(".yaml", ".md");
        assertThat(Files.readString(rule)).contains("runbook: alert-rules/%s\n".formatted(page));
        String text = Files.readString(RULES.resolve(page));
        assertThat(text).contains("## Meaning", "## First look", "## Action", "## Rollback");
        List<String> questions =
                SQL.matcher(text).results().map(match -> match.group(1)).toList();
        assertThat(questions).isNotEmpty();
        try (Connection connection = CLICKHOUSE.connect(MigratedDatabase.name(CLICKHOUSE))) {
            for (String question : questions) {
                assertThatCode(() -> MigratedDatabase.run(connection, question))
                        .as(question)
                        .doesNotThrowAnyException();
            }
        }
    }
}
