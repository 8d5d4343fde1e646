package io.tidemark.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.console.ConsoleStage;
import io.tidemark.console.command.Releases;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.testing.ClickHouseExtension;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Walks the pages in a real Chromium; see {@code web/test/walk.mjs}. Pictures go to {@code target/pictures}, and with {@code
 * -Dtidemark.regenerate=true} to {@code docs/pictures}.
 */
class PagesIT {

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final Instant NOW = Instant.parse("2026-01-01T14:00:00Z");
    private static final Path WALK = Path.of("web", "test", "walk.mjs");

    @Test
    void aPersonWalksThePagesAndStumblesOverNothing() throws Exception {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                chromium.isPresent(),
                "SKIPPED: the pages were not walked, as there is no Chromium; `apt-get install chromium` brings one");
        assumeTrue(
                Files.isDirectory(Path.of("web", "node_modules", "playwright-core")),
                "SKIPPED: the pages were not walked, as console/web has no node_modules; `console/web/build` makes them");
        Path pictures = Boolean.getBoolean("tidemark.regenerate")
                ? Path.of("..", "docs", "pictures")
                : Path.of("target", "pictures");
        Releases releases = Releases.in(KAFKA);
        releases.start("acme-returns", "acme", NOW.minusSeconds(1_200));
        try (ConsoleStage stage = ConsoleStage.over(CLICKHOUSE, NOW, KAFKA)) {
            stage.tellStory();
            Process walk = new ProcessBuilder(List.of(
                            "node",
                            WALK.toString(),
                            stage.url(),
                            ConsoleStage.EVERYTHING,
                            ConsoleStage.ANNA,
                            pictures.toString(),
                            chromium.get().toString()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(walk.waitFor()).as(said).isZero();
            assertThat(releases.log().verdicts("acme-returns"))
                    .extracting(Verdict::getReason)
                    .containsExactly("commanded by anna: customers complain");
        }
    }
}
