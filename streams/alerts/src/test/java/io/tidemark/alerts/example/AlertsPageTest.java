package io.tidemark.alerts.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AlertsPageTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    @Test
    void thePageShowsTheCodeThatIsCompiled() throws IOException {
        String code = Files.readString(MODULE.resolve("src/test/java/io/tidemark/alerts/example/FollowAlerts.java"));
        assertThat(page()).contains("```java\n" + code + "```\n");
    }

    @Test
    void thePageExplainsEveryFieldOfTheContract() throws IOException {
        String page = page();
        for (Schema.Field field : Alert.getClassSchema().getFields()) {
            assertThat(page).contains("| `%s` | %s |".formatted(field.name(), field.doc()));
        }
    }

    private static String page() throws IOException {
        return Files.readString(MODULE.resolve("../../docs/alerts.md"));
    }
}
