package io.tidemark.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.process.Lifeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    /** A child that creates a file when it runs, and lives until its parent is gone. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws Exception {
            Lifeline.exitWhenParentIsGone();
            Files.createFile(Path.of(arguments[0]));
            Thread.currentThread().join();
        }
    }

    /** A child whose shutdown hangs. */
    static final class Stubborn {
        private Stubborn() {}

        public static void main(String[] arguments) throws Exception {
            Files.createFile(Path.of(arguments[0]));
            Thread.currentThread().join();
        }
    }

    /** A child that fails at once. */
    static final class Failing {
        private Failing() {}

        public static void main(String[] arguments) {
            System.out.println("the disk is made of cheese");
            System.exit(7);
        }
    }

    /** A process that fails after a while. */
    static final class Throwing {
        private Throwing() {}

        public static void main(String[] arguments) throws IOException {
            Files.createFile(Path.of(arguments[0]));
            throw new IllegalStateException("the moon is full");
        }
    }

    @Test
    void processesOfOneMachineEndTogether() {
        Path second = directory.resolve("second");
        ChildProcess.Specification host = new ChildProcess.Specification(
                "test host",
                HostProcess.class,
                List.of("-Xmx32m", "-XX:+UseSerialGC"),
                List.of(
                        HostProcess.argument(
                                Waiting.class, directory.resolve("ready").toString()),
                        HostProcess.argument(Throwing.class, second.toString())),
                directory.resolve("host.log"));
        ChildProcess child = ChildProcess.start(host);
        assertThatThrownBy(() -> child.awaitReady(() -> false, DEADLINE))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("ended with exit code 1");
        assertThat(second).exists();
    }

    @Test
    void stopsWhenItsStandardInputEnds() {
        try (ChildProcess child = start(Waiting.class)) {
            child.stop(DEADLINE);
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void isKilledWhenItDoesNotStop() {
        try (ChildProcess child = start(Stubborn.class)) {
            child.stop(Duration.ofMillis(100));
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void killEndsItAtOnce() {
        try (ChildProcess child = start(Waiting.class)) {
            assertThat(ProcessHandle.of(child.pid())).isPresent();
            child.kill();
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void aChildThatDiesAtStartIsReportedWithItsLastLines() {
        ChildProcess child = ChildProcess.start(specification(Failing.class));
        assertThatThrownBy(() -> child.awaitReady(() -> false, DEADLINE))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("The test child ended with exit code 7 before it was ready")
                .hasMessageContaining(child.logFile().toString())
                .hasMessageContaining("the disk is made of cheese");
    }

    @Test
    void aChildThatIsNeverReadyIsKilled() {
        ChildProcess child = ChildProcess.start(specification(Waiting.class));
        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(100)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("was not ready within");
        assertThat(child.isAlive()).isFalse();
    }

    private ChildProcess start(Class<?> mainClass) {
        ChildProcess child = ChildProcess.start(specification(mainClass));
        child.awaitReady(() -> Files.exists(directory.resolve("ready")), DEADLINE);
        return child;
    }

    private ChildProcess.Specification specification(Class<?> mainClass) {
        return new ChildProcess.Specification(
                "test child",
                mainClass,
                List.of("-Xmx32m", "-XX:+UseSerialGC"),
                List.of(directory.resolve("ready").toString()),
                directory.resolve("child.log"));
    }
}
