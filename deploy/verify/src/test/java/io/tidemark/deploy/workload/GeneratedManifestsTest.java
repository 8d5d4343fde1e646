package io.tidemark.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What follows from the topic catalogue and the workloads. Run with {@code -Dtidemark.regenerate=true} to write it again. */
class GeneratedManifestsTest {

    private static final Path KAFKA = Path.of("..", "k8s", "base", "kafka");

    @Test
    void topicsAreThoseOfTheCatalogue() throws IOException {
        check(KAFKA.resolve("topics.yaml"), KafkaManifests.topics());
    }

    @Test
    void usersMayDoWhatTheirProcessesDo() throws IOException {
        check(KAFKA.resolve("users.yaml"), KafkaManifests.users());
    }

    private static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("tidemark.regenerate")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("%s is out of date; run this test with -Dtidemark.regenerate=true", file)
                .isEqualTo(expected);
    }
}
