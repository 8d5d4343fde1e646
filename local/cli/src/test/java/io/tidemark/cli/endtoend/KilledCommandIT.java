package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the command itself ends: nothing. */
class KilledCommandIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Broker, registry, engine, three jobs, lifecycle, two consumers, sink, gateway, assembler. */
    private static final int PARTS = 9;

    @TempDir
    private Path directory;

    @Test
    void noProcessOutlivesAKilledCommand() throws IOException, InterruptedException {
        try (CliProcess up = start()) {
            List<ProcessHandle> children = up.descendants();
            assertThat(children).hasSize(PARTS);
            up.kill();
            await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void anInterruptedCommandStopsItsPartsAndLeavesNoState() throws IOException, InterruptedException {
        CliProcess up = start();
        List<ProcessHandle> children = up.descendants();
        up.close();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(directory.resolve("data/stack.json")).doesNotExist();
    }

    @Test
    void aBusyPortIsOneSentence() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cli up = Cli.run("up", "--data", directory.resolve("data"), "--kafka-port", socket.getLocalPort());
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.error())
                    .contains("tidemark: Port %d on 127.0.0.1".formatted(socket.getLocalPort()), "is in use")
                    .doesNotContain("\tat ");
        }
    }

    private CliProcess start() throws IOException {
        CliProcess up = CliProcess.start(directory.resolve("up.log"), "up", "--data", directory.resolve("data"));
        await().atMost(PATIENCE).until(() -> {
            assertThat(up.isAlive()).as(up.output()).isTrue();
            return up.output().contains("ready after");
        });
        assertThat(up.output()).contains("JDBC URL", "read-only user");
        return up;
    }
}
