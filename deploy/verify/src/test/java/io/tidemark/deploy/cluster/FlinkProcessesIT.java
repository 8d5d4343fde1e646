package io.tidemark.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.manifest.RenderedOverlays;
import io.tidemark.testing.KafkaExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The windows job on a job manager and a task manager of their own, with the configuration that is rendered for {@code dev}. Run
 * with {@code -Dtidemark.release=VERSION} at a release, to keep a savepoint of it.
 */
class FlinkProcessesIT {

    private static final int TRACES = 6_000;
    private static final String RELEASE = "tidemark.release";
    private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path directory;

    @Test
    void aKilledTaskManagerAndAnUpgradeBySavepointChangeNoTotal() throws Exception {
        String run = KAFKA.uniqueName("cluster");
        ReplayTopics topics = new ReplayTopics(KAFKA.bootstrapServers(), KAFKA.registryUrl(), run);
        List<String> flags = List.of("--run=" + run);
        String savepoint;
        try (FlinkProcesses flink = processes("first")) {
            flink.start(flags, Optional.empty());
            topics.send(0, TRACES / 3);
            Awaitility.await().atMost(FlinkProcesses.DEADLINE).until(() -> topics.rowCount() > 0);
            flink.killTaskManager();
            topics.send(TRACES / 3, 2 * TRACES / 3);
            flink.startTaskManager();
            Awaitility.await().atMost(FlinkProcesses.DEADLINE).until(() -> flink.restored() > 0);
            flink.awaitCheckpoints(2);
            savepoint = flink.stopWithSavepoint();
        }
        try (FlinkProcesses flink = processes("second")) {
            flink.start(flags, Optional.of(savepoint));
            topics.send(2 * TRACES / 3, TRACES);
            topics.sendEndMarkers();
            topics.awaitEnd(1);
        }
        assertThat(topics.totals()).hasSizeGreaterThan(20).allSatisfy((window, requests) -> assertThat(requests)
                .isEqualTo(TRACES));
    }

    @ParameterizedTest
    @MethodSource("released")
    void theSavepointOfAReleaseKeepsItsTotals(Path release) throws Exception {
        String run = "of-release-" + release.getFileName().toString().replace('.', '-');
        ReplayTopics topics = new ReplayTopics(KAFKA.bootstrapServers(), KAFKA.registryUrl(), run);
        topics.send(0, TRACES / 2);
        try (FlinkProcesses flink = processes("upgraded")) {
            flink.start(
                    List.of("--run=" + run),
                    Optional.of(release.resolve("windows").toUri().toString()));
            topics.send(TRACES / 2, TRACES);
            topics.sendEndMarkers();
            topics.awaitEnd(1);
        }
        // shorter windows were closed, and their rows sent, before the savepoint was made
        Map<String, Long> totals = topics.totals();
        totals.keySet().removeIf(window -> !window.endsWith(" 3600") && !window.endsWith(" 86400"));
        assertThat(totals).hasSizeGreaterThan(6).allSatisfy((window, requests) -> assertThat(requests)
                .isEqualTo(TRACES));
    }

    static List<Path> released() throws IOException {
        if (System.getProperty(RELEASE) != null) {
            return List.of();
        }
        try (Stream<Path> releases = Files.list(SAVEPOINTS)) {
            return releases.map(Path::toAbsolutePath).sorted().toList();
        }
    }

    /** Not a test: makes the savepoint that the test above takes, at a release. */
    @Test
    @EnabledIfSystemProperty(named = RELEASE, matches = ".+")
    void keepTheSavepointOfThisRelease() throws Exception {
        String release = System.getProperty(RELEASE);
        String run = "of-release-" + release.replace('.', '-');
        ReplayTopics topics = new ReplayTopics(KAFKA.bootstrapServers(), KAFKA.registryUrl(), run);
        try (FlinkProcesses flink = processes("released")) {
            flink.start(List.of("--run=" + run), Optional.empty());
            topics.send(0, TRACES / 2);
            Awaitility.await().atMost(FlinkProcesses.DEADLINE).until(() -> topics.rowCount() > 0);
            // nothing is left to be committed, so that another broker can take it
            flink.awaitCheckpoints(4);
            Path savepoint = Path.of(java.net.URI.create(flink.stopWithSavepoint()));
            Path kept = Files.createDirectories(SAVEPOINTS.resolve(release)).resolve("windows");
            Files.createDirectory(kept);
            try (Stream<Path> files = Files.list(savepoint)) {
                for (Path file : files.toList()) {
                    Files.copy(file, kept.resolve(file.getFileName()));
                }
            }
        }
    }

    private FlinkProcesses processes(String name) throws IOException {
        return new FlinkProcesses(
                directory.resolve(name),
                RenderedJob.of(RenderedOverlays.of("dev"), "windows"),
                KAFKA.bootstrapServers(),
                KAFKA.registryUrl());
    }
}
