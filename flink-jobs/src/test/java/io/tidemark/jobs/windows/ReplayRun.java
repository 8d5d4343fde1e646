package io.tidemark.jobs.windows;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.FailsOnce;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.runtime.RunTopics;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** One replay through the windows job on a real broker: its topics, what is sent, and what comes out. */
final class ReplayRun {

    static final int PARTITIONS = 3;
    static final Duration DEADLINE = Duration.ofMinutes(2);

    private final KafkaExtension kafka;
    private final RunTopics topics;
    private final String run;
    private long progressOffset;

    ReplayRun(KafkaExtension kafka) throws Exception {
        this.kafka = kafka;
        topics = new RunTopics(
                kafka,
                Map.of(
                        TopicCatalogue.TRACES,
                        PARTITIONS,
                        TopicCatalogue.WINDOWS,
                        2,
                        TopicCatalogue.LATE,
                        1,
                        TopicCatalogue.PROGRESS,
                        1));
        run = topics.run();
    }

    String name() {
        return run;
    }

    /** Sends traces in order, each to the partition of its key. */
    void send(List<Trace> traces) throws Exception {
        topics.send(traces);
    }

    void sendBytes(byte[] value) {
        topics.sendBytes(value);
    }

    void sendEndMarkers() {
        topics.sendEndMarkers();
    }

    WindowsConfig config() {
        String url = kafka.registryUrl();
        KafkaClientSettings settings = KafkaClientSettings.plain(kafka.bootstrapServers());
        SliceLattice lattice = SliceLattice.parse(SliceLattice.STANDARD);
        TraceSourceConfig source = new TraceSourceConfig(
                run,
                WindowsConfig.JOB,
                settings.consumer("tidemark-windows"),
                () -> new ConfluentSchemaRegistry(url, Map.of()),
                lattice.keyDimensions(),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                "");
        return new WindowsConfig(source, settings.producer(), lattice, 10_000, Duration.ofMinutes(5), Limits.none());
    }

    JobClient start(Path stateDirectory, int parallelism, String backend) throws Exception {
        JobSettings settings = new JobSettings(stateDirectory, Duration.ofMillis(300), parallelism, backend);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(parallelism);
        WindowsJob.build(environment, config());
        return environment.executeAsync("windows." + run);
    }

    /** As {@link #start}, with a task that fails once when so many records have passed it. */
    JobClient startFailingOnce(Path stateDirectory, int records, int parallelism, String backend) throws Exception {
        JobSettings settings = new JobSettings(stateDirectory, Duration.ofMillis(300), parallelism, backend);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(parallelism);
        WindowsJob.build(
                TraceSource.raw(environment, config().source())
                        .map(new FailsOnce<>(records))
                        .returns(RawTrace.TYPE),
                config());
        return environment.executeAsync("windows." + run);
    }

    /** Waits until every partition and every windows subtask has said, since the last call, that it is done. */
    List<String> awaitEnd(int parallelism) {
        Set<String> reported = new TreeSet<>();
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = topics.consumer()) {
            TopicPartition progress = new TopicPartition(TopicCatalogue.PROGRESS.nameInRun(run), 0);
            consumer.assign(List.of(progress));
            consumer.seek(progress, progressOffset);
            Awaitility.await().atMost(DEADLINE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    reported.add(new String(record.key(), StandardCharsets.UTF_8));
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                });
                return reported.size() == PARTITIONS + parallelism;
            });
            progressOffset = consumer.position(progress);
        }
        return values;
    }

    /** Every committed window row, in order. */
    List<WindowRow> rows() {
        return topics.read(TopicCatalogue.WINDOWS, WindowRow.class);
    }

    List<ConsumerRecord<byte[], byte[]>> late() {
        return topics.committed(TopicCatalogue.LATE);
    }
}
