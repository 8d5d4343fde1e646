package io.tidemark.benchmarks.embedding;

import io.tidemark.benchmarks.report.ScratchFolder;
import io.tidemark.jobs.embedding.BatchSettings;
import io.tidemark.jobs.embedding.backend.EmbeddingBackend;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import io.tidemark.jobs.embedding.backend.MiniLm;
import io.tidemark.jobs.embedding.backend.OnnxBackend;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A table of one backend: texts and tokens a second by length, with batches made in Java and sent by a bare loop, and through
 * the operator in a running Flink job; and how close its vectors are to those of single precision on processors. It fails
 * when a text has no vector, or one that differs.
 */
public final class BackendTable {

    private static final int[] LENGTHS = {16, 64, 128, 256};
    private static final int TOKENS_A_BATCH = 16_384;
    private static final int TEXTS_A_BATCH = 256;
    private static final int AT_ONCE = 2;
    private static final int LEAST_BATCHES = 8;
    private static final int COMPARED = 32;
    private static final double LEAST_COSINE = 0.9999;
    private static final Duration LINGER = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final ConfigurationKey<String> BACKEND = ConfigurationKey.oneOf(
            "backend", EmbeddingBackends.ONNX_CPU, EmbeddingBackends.NAMES, "the backend that is measured");
    private static final ConfigurationKey<String> URL = ConfigurationKey.text("url", "", "its server, if it has one");
    private static final ConfigurationKey<Integer> TEXTS =
            ConfigurationKey.integer("texts", 4_096, 64, 10_000_000, "texts of each length");
    private static final ConfigurationKey<String> EXPORT =
            ConfigurationKey.text("export", "", "write model.onnx and tokenizer.json to this folder, and nothing else");
    private static final ConfigurationKey<String> WRITE_TEXTS =
            ConfigurationKey.text("write-texts", "", "folder for the texts, one file a length");

    private final Configuration settings;

    private BackendTable(Configuration settings) {
        this.settings = settings;
    }

    /** Prints the table. */
    public static void main(String[] arguments) throws Exception {
        Configuration settings = Configuration.load(
                List.of(BACKEND, URL, TEXTS, EXPORT, WRITE_TEXTS), Map.of(), List.of(arguments));
        if (!settings.get(EXPORT).isEmpty()) {
            export(Path.of(settings.get(EXPORT)));
            return;
        }
        try (ScratchFolder folder = ScratchFolder.create()) {
            new BackendTable(settings).print(folder.path());
        }
        System.exit(0);
    }

    private static void export(Path folder) throws IOException {
        Files.write(folder.resolve("model.onnx"), MiniLm.weightsBytes());
        Files.write(folder.resolve("tokenizer.json"), MiniLm.tokenizerBytes());
    }

    private void print(Path folder) throws Exception {
        int texts = settings.get(TEXTS);
        BackendSettings backendSettings =
                new BackendSettings(settings.get(BACKEND), true, settings.get(URL), MiniLm.NAME, TIMEOUT, AT_ONCE);
        try (EmbeddingBackend measured = EmbeddingBackends.create(backendSettings);
                OperatorJob job = new OperatorJob(folder)) {
            measured.open();
            System.out.printf("%s, %,d texts of each length%n", measured.id(), texts);
            System.out.println(
                    "| tokens | texts/s, bare loop | tokens/s | texts/s, operator in Flink | least cosine to fp32 |");
            System.out.println("| --- | --- | --- | --- | --- |");
            for (int length : LENGTHS) {
                WordTexts source = new WordTexts(length);
                writeTexts(source, length, texts);
                int batch = Math.min(Math.min(TEXTS_A_BATCH, TOKENS_A_BATCH / length), texts / LEAST_BATCHES);
                int window = 2 * batch;
                Arrivals.begin(window);
                BareLoop.run(measured, source.batches(texts, batch), AT_ONCE);
                double bare = speed(texts);
                Arrivals.begin(window);
                job.run(
                        source,
                        texts,
                        () -> EmbeddingBackends.create(backendSettings),
                        new BatchSettings(window, batch, TOKENS_A_BATCH, LINGER, AT_ONCE, TIMEOUT, 1));
                double operator = speed(texts);
                System.out.printf(
                        "| %d | %,.0f | %,.0f | %,.0f | %.6f |%n",
                        length, bare, bare * length, operator, leastCosine(measured, source));
            }
        }
    }

    private static double speed(int texts) {
        if (Arrivals.scored() != texts) {
            throw new IllegalStateException("%d of %d texts have a vector".formatted(Arrivals.scored(), texts));
        }
        return Arrivals.perSecond();
    }

    private void writeTexts(WordTexts source, int length, int texts) throws IOException {
        if (!settings.get(WRITE_TEXTS).isEmpty()) {
            Path folder = Files.createDirectories(Path.of(settings.get(WRITE_TEXTS)));
            Files.write(folder.resolve("%03d.txt".formatted(length)), source.lines(texts));
        }
    }

    private static double leastCosine(EmbeddingBackend measured, WordTexts source) throws Exception {
        int[][] tokens = source.batches(COMPARED, COMPARED).get(0);
        double least = 1;
        try (EmbeddingBackend exact = OnnxBackend.cpu(1)) {
            exact.open();
            float[][] expected = exact.embed(tokens);
            float[][] found = measured.embed(tokens);
            for (int text = 0; text < tokens.length; text++) {
                double cosine = 0;
                for (int i = 0; i < expected[text].length; i++) {
                    cosine += (double) expected[text][i] * found[text][i];
                }
                least = Math.min(least, cosine);
            }
        }
        if (least < LEAST_COSINE) {
            throw new IllegalStateException(
                    "a vector has a cosine of %.6f to that of single precision, at least %.4f is asked for"
                            .formatted(least, LEAST_COSINE));
        }
        return least;
    }
}
