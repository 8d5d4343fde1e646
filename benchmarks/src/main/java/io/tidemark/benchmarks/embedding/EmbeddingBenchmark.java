package io.tidemark.benchmarks.embedding;

import com.sun.management.OperatingSystemMXBean;
import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.Rounds;
import io.tidemark.benchmarks.report.ScratchFolder;
import io.tidemark.jobs.embedding.BatchSettings;
import io.tidemark.jobs.embedding.backend.EmbeddingBackend;
import io.tidemark.jobs.embedding.backend.OnnxBackend;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Texts a second on processors: the operator in a running job against a bare loop over the backend with the same batches;
 * texts of mixed length in the order of their arrival against sorted by length; tokens a second of the tokenizer; and how
 * long checkpoints take while the job is held up by its backend. The variants of a round follow one another, so that a slow
 * minute of the machine hits them alike.
 */
public final class EmbeddingBenchmark {

    private static final int BATCH = 32;
    private static final int LENGTH = 64;
    private static final int WINDOW = 256;

    /** Texts of mixed length leave a window at a time: speed is counted from the end of the first one. */
    private static final int WARM_UP = WINDOW;

    private static final int AT_ONCE = 2;
    private static final int NO_LIMIT = 1_000_000;
    private static final Duration LINGER = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final ConfigurationKey<Integer> TEXTS =
            ConfigurationKey.integer("texts", 2_048, 2 * WINDOW, 10_000_000, "texts of each variant and round");
    private static final ConfigurationKey<Integer> ROUNDS =
            ConfigurationKey.integer("rounds", 3, 1, 100, "rounds that count");
    private static final ConfigurationKey<String> OUT = ConfigurationKey.text("out", "", "file for the JSON report");

    private final int texts;
    private final Rounds rounds = new Rounds();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long checkpoints;

    private EmbeddingBenchmark(int texts) {
        this.texts = texts;
    }

    /** A variant of a round. */
    private interface Variant {
        void run() throws Exception;
    }

    /** Runs the benchmark and prints one JSON object. */
    public static void main(String[] arguments) throws Exception {
        Configuration settings = Configuration.load(List.of(TEXTS, ROUNDS, OUT), Map.of(), List.of(arguments));
        BenchmarkReport report = new BenchmarkReport("embedding", Clock.systemUTC());
        EmbeddingBenchmark benchmark = new EmbeddingBenchmark(settings.get(TEXTS));
        try (ScratchFolder folder = ScratchFolder.create()) {
            benchmark.run(folder.path(), settings.get(ROUNDS));
        }
        benchmark.writeTo(report);
        report.print(settings.get(OUT).isEmpty() ? null : settings.get(OUT));
        System.exit(0);
    }

    private void run(Path folder, int count) throws Exception {
        TokenTexts equal = new TokenTexts(LENGTH);
        TokenTexts skewed = new TokenTexts(TokenTexts.SKEWED);
        try (EmbeddingBackend backend = OnnxBackend.cpu(AT_ONCE);
                OperatorJob job = new OperatorJob(folder)) {
            backend.open();
            for (int round = 0; round < count; round++) {
                rounds.add("tokenizer_tokens_per_cpu_second", TokenizerSpeed.tokensPerSecond());
                measure("bare_loop", () -> BareLoop.run(backend, batches(equal), AT_ONCE));
                BatchSettings sorted = batches(WINDOW, BATCH * LENGTH);
                measure("operator", () -> see("operator", job.run(equal, texts, EmbeddingBenchmark::backend, sorted)));
                BatchSettings arrival = batches(BATCH, NO_LIMIT);
                measure(
                        "arrival_order",
                        () -> see("arrival_order", job.run(skewed, texts, EmbeddingBenchmark::backend, arrival)));
                measure(
                        "sorted_by_length",
                        () -> see("sorted_by_length", job.run(skewed, texts, EmbeddingBenchmark::backend, sorted)));
            }
        }
    }

    private static EmbeddingBackend backend() {
        return OnnxBackend.cpu(AT_ONCE);
    }

    private static BatchSettings batches(int window, int tokens) {
        return new BatchSettings(window, BATCH, tokens, LINGER, AT_ONCE, TIMEOUT, 1);
    }

    private List<int[][]> batches(TokenTexts source) {
        List<int[][]> batches = new ArrayList<>();
        for (int from = 0; from < texts; from += BATCH) {
            int[][] batch = new int[Math.min(BATCH, texts - from)][];
            for (int i = 0; i < batch.length; i++) {
                batch[i] = source.ids(from + i);
            }
            batches.add(batch);
        }
        return batches;
    }

    private void measure(String name, Variant variant) throws Exception {
        System.gc();
        Arrivals.begin(WARM_UP);
        long cpu = process.getProcessCpuTime();
        variant.run();
        double cpuMillis = (process.getProcessCpuTime() - cpu) / 1e6;
        if (Arrivals.scored() != texts) {
            throw new IllegalStateException(
                    "%s: %d of %d texts have a vector".formatted(name, Arrivals.scored(), texts));
        }
        System.err.printf("%s: %.1f texts/s, %.1f ms CPU per text%n", name, Arrivals.perSecond(), cpuMillis / texts);
        rounds.add(name + "_texts_per_second", Arrivals.perSecond());
        rounds.add(name + "_cpu_millis_per_text", cpuMillis / texts);
    }

    private void see(String name, long[] checkpointMillis) {
        if (checkpointMillis.length == 0) {
            throw new IllegalStateException(name + ": no checkpoint while the source was ahead; take more --texts");
        }
        checkpoints += checkpointMillis.length;
        rounds.add(name + "_checkpoint_median_millis", checkpointMillis[checkpointMillis.length / 2]);
        rounds.add(name + "_checkpoint_longest_millis", checkpointMillis[checkpointMillis.length - 1]);
    }

    private void writeTo(BenchmarkReport report) {
        report.with("texts", texts);
        rounds.writeTo(report);
        report.with(
                        "operator_over_bare_loop",
                        rounds.median("operator_texts_per_second") / rounds.median("bare_loop_texts_per_second"))
                .with(
                        "arrival_order_over_sorted_cpu",
                        rounds.median("arrival_order_cpu_millis_per_text")
                                / rounds.median("sorted_by_length_cpu_millis_per_text"))
                .with("checkpoints_under_backpressure", checkpoints);
    }
}
