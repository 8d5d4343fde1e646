package io.tidemark.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that starts the stack and is killed takes the whole stack with it. */
class OrphanIT {

    @TempDir
    private Path directory;

    /** Starts a broker, a registry and an engine, writes their process ids to a file, and waits. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
            EmbeddedRegistry registry =
                    EmbeddedRegistry.start(kafka.bootstrapServers(), directory.resolve("registry"), 0);
            EmbeddedClickHouse clickHouse = EmbeddedClickHouse.start(directory.resolve("clickhouse"), 0);
            Path draft = directory.resolve("pids.draft");
            Files.writeString(draft, "%d\n%d\n%d".formatted(kafka.pid(), registry.pid(), clickHouse.pid()));
            Files.move(draft, directory.resolve("pids"));
            Thread.currentThread().join();
        }
    }

    @Test
    void noChildOutlivesAParentThatIsKilled() throws IOException {
        ChildProcess parent = ChildProcess.start(new ChildProcess.Specification(
                "parent",
                Parent.class,
                List.of("-Xmx128m"),
                List.of(directory.toString()),
                directory.resolve("parent.log")));
        parent.awaitReady(() -> Files.exists(directory.resolve("pids")), Duration.ofMinutes(2));
        List<Long> children = Files.readAllLines(directory.resolve("pids")).stream()
                .map(Long::valueOf)
                .toList();
        assertThat(children).hasSize(3).allMatch(OrphanIT::isRunning);
        parent.kill();
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> children.stream()
                .noneMatch(OrphanIT::isRunning));
    }

    /** A process that has ended but that nobody has asked about yet still has a line in the process table; it runs no more. */
    private static boolean isRunning(long pid) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
