package io.tidemark.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every release has promised still holds: its schemas and definitions are here and unchanged, its savepoints are kept. That the
 * schemas fit each other is tested in {@code contracts}, that the definitions follow each other in {@code sink}, that the savepoints
 * restore in {@code FlinkProcessesIT}.
 */
class UpgradeMatrixTest {

    private static final Path CHECKOUT = Path.of("..", "..");
    private static final Path RECORDS = Path.of("src", "test", "resources", "releases");
    private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");

    static List<ReleaseRecord> releases() throws IOException {
        try (Stream<Path> files = Files.list(RECORDS)) {
            List<ReleaseRecord> records = new java.util.ArrayList<>();
            for (Path file : files.sorted().toList()) {
                records.add(ReleaseRecord.read(file));
            }
            return records;
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void whatAReleaseFixedHasNotChanged(ReleaseRecord release) throws IOException {
        assertThat(release.fingerprints()).isNotEmpty();
        for (var fixed : release.fingerprints().entrySet()) {
            Path file = CHECKOUT.resolve(fixed.getKey());
            assertThat(file).exists();
            assertThat(ReleaseRecord.fingerprint(file)).as(fixed.getKey()).isEqualTo(fixed.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void theTableSaysWhatEachReleaseHas(ReleaseRecord release) throws IOException {
        assertThat(Files.readString(CHECKOUT.resolve("docs/operations.md"))).contains(release.line(SAVEPOINTS) + "\n");
    }

    @Test
    void everyKeptSavepointBelongsToARelease() throws IOException {
        try (Stream<Path> kept = Files.list(SAVEPOINTS)) {
            assertThat(kept.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            releases().stream().map(ReleaseRecord::name).toList());
        }
    }

    /** Not a test: fixes what this checkout has, at a release. */
    @Test
    @EnabledIfSystemProperty(named = "tidemark.release", matches = ".+")
    void fixThisRelease() throws IOException {
        ReleaseRecord.ofCheckout(CHECKOUT, System.getProperty("tidemark.release"))
                .write(RECORDS);
    }
}
