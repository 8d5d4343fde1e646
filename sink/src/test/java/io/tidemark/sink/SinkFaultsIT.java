package io.tidemark.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.stack.EmbeddedClickHouse;
import io.tidemark.testing.KafkaExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is killed here is a process of its own, killed as the operating system does it. */
class SinkFaultsIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TRACES = 20_000;

    @TempDir
    Path directory;

    private EmbeddedClickHouse clickHouse;
    private SinkStage stage;

    @BeforeEach
    void openStage() {
        clickHouse = EmbeddedClickHouse.start(directory.resolve("clickhouse"), 0);
        stage = new SinkStage(KAFKA, clickHouse.httpUrl(), clickHouse.user(), clickHouse.password());
        stage.send(
                TopicCatalogue.TRACES,
                IntStream.range(0, TRACES).mapToObj(Samples::trace).toList());
    }

    @AfterEach
    void closeStage() throws Exception {
        stage.close();
        clickHouse.close();
    }

    @Test
    void aKilledClickHouseIsWaitedFor() throws Exception {
        try (var sink = stage.start("--sink.batch-rows=100")) {
            await().atMost(PATIENCE).until(this::someAreStored);
            clickHouse.kill();
            await().atMost(PATIENCE)
                    .until(() -> stage.meters()
                                    .get("tidemark.sink.failing.batches")
                                    .gauge()
                                    .value()
                            > 0);
            clickHouse.restart();
            await().atMost(PATIENCE).until(() -> stage.hasCommittedAll(TopicCatalogue.TRACES));
            assertThat(sink.hasFailed()).isFalse();
        }
        assertAllAreThereOnce();
    }

    @Test
    void aKilledSinkGoesOnWhereItWas() throws Exception {
        Process first = spawn("--sink.batch-rows=200");
        await().atMost(PATIENCE).until(this::someAreStored);
        first.destroyForcibly().waitFor();
        Process second = spawn();
        await().atMost(PATIENCE).until(() -> stage.hasCommittedAll(TopicCatalogue.TRACES));
        // the end of its standard input is the end of its parent
        second.getOutputStream().close();
        assertThat(second.waitFor()).isZero();
        assertAllAreThereOnce();
    }

    private boolean someAreStored() throws Exception {
        return Integer.parseInt(stage.ask("SELECT count() FROM traces_store")) > 0;
    }

    private void assertAllAreThereOnce() throws Exception {
        assertThat(stage.ask("SELECT count(), uniqExact(inference_id) FROM traces"))
                .isEqualTo(TRACES + "|" + TRACES);
        assertThat(stage.ask("SELECT count() FROM traces_store")).isEqualTo(Integer.toString(TRACES));
    }

    private Process spawn(String... flags) throws IOException {
        SinkConfig config = stage.config();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath,
                SinkProcess.class.getName(),
                "--run=" + config.run(),
                "--kafka.bootstrap-servers=" + config.kafka().bootstrapServers(),
                "--kafka.properties.session.timeout.ms=6000",
                "--registry.url=" + config.registryUrl(),
                "--clickhouse.url=" + config.target().url(),
                "--clickhouse.user=" + config.target().user(),
                "--clickhouse.password=" + config.target().password(),
                "--clickhouse.database=" + config.target().database(),
                "--lifeline=stdin"));
        command.addAll(List.of(flags));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sink.log").toFile())
                .start();
    }
}
