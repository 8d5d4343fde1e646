package io.tidemark.benchmarks.quality;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.ProcessCost;
import io.tidemark.jobs.quality.CohortRow;
import io.tidemark.jobs.quality.KeyedRecord;
import io.tidemark.jobs.quality.QualityConfig;
import io.tidemark.jobs.quality.QualityJob;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.platform.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * One day of sampled inferences and labels through the join, on RocksDB: bytes of state for each inference, processor time,
 * size of a checkpoint, and what that makes of eight days. Arguments: hours of event time (24), file of the report.
 */
public final class JoinBenchmark {

    private static final long SAMPLED_A_SECOND = 1_000_000 / JoinTraffic.STEP_MICROS;
    private static final int BOUND_DAYS = 8;
    private static final double GIBIBYTE = 1L << 30;
    private static final AtomicLong ROWS = new AtomicLong();

    private JoinBenchmark() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws Exception {
        double hours = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 24;
        long inferences = Math.round(hours * 3_600 * SAMPLED_A_SECOND);
        Path directory = Files.createTempDirectory("tidemark-join");
        try {
            run(inferences, hours, directory).print(arguments.length > 1 ? arguments[1] : null);
        } finally {
            delete(directory);
        }
    }

    private static BenchmarkReport run(long inferences, double hours, Path directory) throws Exception {
        JobSettings settings = new JobSettings(directory, Duration.ofMinutes(1), 1, "rocksdb");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(1);
        QualityConfig config = QualityConfig.from(Configuration.load(
                QualityConfig.keys(),
                Map.of(),
                List.of(
                        "--registry.url=http://unused",
                        "--kafka.bootstrap-servers=unused:1",
                        "--flink.state-directory=" + directory)));
        DataStream<KeyedRecord> records = environment
                .fromSequence(0, Long.MAX_VALUE - 1)
                .flatMap(new JoinTraffic(inferences))
                .returns(KeyedRecord.TYPE)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<KeyedRecord>forMonotonousTimestamps()
                        .withTimestampAssigner((record, unused) -> record.micros() / 1_000));
        QualityJob.rows(records, config)
                .map(JoinBenchmark::count)
                .returns(Types.LONG)
                .sinkTo(new DiscardingSink<>());
        long start = System.nanoTime();
        double cpuBefore = cpuSeconds();
        JobClient job = environment.executeAsync("join-benchmark");
        while (JoinTraffic.SENT.get() < inferences) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        double wall = (System.nanoTime() - start) / 1e9;
        double cpu = cpuSeconds() - cpuBefore;
        Path savepoint = Path.of(URI.create(
                job.triggerSavepoint(directory.resolve("savepoint").toUri().toString(), SavepointFormatType.NATIVE)
                        .get()));
        long bytes = size(savepoint);
        job.cancel().get();
        return report(inferences, hours, wall, cpu, bytes);
    }

    private static BenchmarkReport report(long inferences, double hours, double wall, double cpu, long bytes) {
        double perEntry = bytes / (double) inferences;
        double eightDays = perEntry * SAMPLED_A_SECOND * 86_400.0 * BOUND_DAYS / GIBIBYTE;
        return new BenchmarkReport("quality-join", Clock.systemUTC())
                .with("event_time_hours", hours)
                .requireCount("sampled_inferences", inferences, JoinTraffic.SENT.get())
                .with("rows", ROWS.get())
                .with("state_bytes", bytes)
                .with("state_bytes_per_inference", perEntry)
                .with("state_gibibytes_for_8_days", eightDays)
                .with("wall_seconds", wall)
                .with("cpu_seconds", cpu)
                .with("cpu_micros_per_inference", cpu * 1e6 / inferences)
                .with("cores_at_2000_per_second_sampled_10_percent", cpu / (hours * 3_600));
    }

    private static long count(CohortRow row) {
        return ROWS.incrementAndGet();
    }

    private static double cpuSeconds() {
        return ProcessCost.of(ProcessHandle.current().pid()).cpuSeconds();
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(JoinBenchmark::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("'%s' cannot be deleted".formatted(file), e);
        }
    }
}
