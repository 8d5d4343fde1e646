package io.tidemark.jobs.embedding;

import io.tidemark.jobs.embedding.backend.EmbeddingBackends;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import io.tidemark.jobs.embedding.backend.MiniLm;
import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import io.tidemark.jobs.sampling.SampleRate;
import io.tidemark.jobs.sampling.SampleSettings;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * How texts are embedded.
 *
 * @param enabled whether texts are embedded at all
 * @param backend what embeds
 * @param batches how batches are put together
 * @param sampling which inferences are looked at
 * @param parallelism subtasks that hold a backend: as many as there are GPUs
 */
public record EmbeddingConfig(
        boolean enabled, BackendSettings backend, BatchSettings batches, SampleSettings sampling, int parallelism)
        implements Serializable {

    private static final ConfigurationKey<Boolean> ENABLED = ConfigurationKey.bool(
            "embedding.enabled", false, "whether sampled texts are embedded and tested for drift");
    private static final ConfigurationKey<String> BACKEND = ConfigurationKey.oneOf(
            "embedding.backend", EmbeddingBackends.ONNX_CPU, EmbeddingBackends.NAMES, "what turns texts into vectors");
    private static final ConfigurationKey<Boolean> STRICT = ConfigurationKey.bool(
            "embedding.cuda.strict", true, "onnx-cuda fails without a GPU instead of computing on processors");
    private static final ConfigurationKey<String> URL =
            ConfigurationKey.text("embedding.url", "", "address of the server, for kserve-v2 and tei");
    private static final ConfigurationKey<String> MODEL =
            ConfigurationKey.text("embedding.model", MiniLm.NAME, "name of the model on the server, for kserve-v2");
    private static final ConfigurationKey<Duration> REQUEST_TIMEOUT = ConfigurationKey.duration(
            "embedding.request-timeout", Duration.ofSeconds(10), Duration.ofMillis(10), "longest answer of a server");
    private static final ConfigurationKey<Integer> PARALLELISM =
            ConfigurationKey.integer("embedding.parallelism", 1, 1, 128, "subtasks that hold a backend");
    private static final ConfigurationKey<Integer> WINDOW = ConfigurationKey.integer(
            "embedding.batch-window", 256, 1, 65_536, "texts that are gathered and sorted by length");
    private static final ConfigurationKey<Integer> TEXTS =
            ConfigurationKey.integer("embedding.batch-texts", 32, 1, 4_096, "most texts of a batch");
    private static final ConfigurationKey<Integer> TOKENS = ConfigurationKey.integer(
            "embedding.batch-tokens", 2_048, 1, 1_048_576, "most tokens of a batch, padding included");
    private static final ConfigurationKey<Duration> LINGER = ConfigurationKey.duration(
            "embedding.linger", Duration.ofMillis(50), Duration.ofMillis(1), "longest wait of a text for others");
    private static final ConfigurationKey<Integer> IN_FLIGHT =
            ConfigurationKey.integer("embedding.batches-in-flight", 2, 1, 64, "batches at the backend at once");
    private static final ConfigurationKey<Duration> TIMEOUT = ConfigurationKey.duration(
            "embedding.batch-timeout",
            Duration.ofSeconds(60),
            Duration.ofMillis(10),
            "longest time of a batch with its retries; then its texts count as unscored");
    private static final ConfigurationKey<Integer> ATTEMPTS =
            ConfigurationKey.integer("embedding.attempts", 3, 1, 100, "attempts for a batch");
    private static final SampleSettings.Keys SAMPLING = SampleSettings.Keys.of(
            "embedding.sampling", new SampleSettings(new SampleRate(0.05, 2_000), Map.of(), Duration.ofHours(1)));

    public EmbeddingConfig {
        if (enabled && backend.isRemote() && backend.url().isEmpty()) {
            throw new ConfigurationException(
                    "embedding.url = '' must name the server of the backend " + backend.name());
        }
    }

    /** The keys that a process declares. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys =
                new ArrayList<>(List.of(ENABLED, PARALLELISM, WINDOW, TEXTS, TOKENS, LINGER, TIMEOUT, ATTEMPTS));
        keys.addAll(backendKeys());
        keys.addAll(SAMPLING.all());
        return keys;
    }

    /** The keys of a process that makes backends of its own. */
    public static List<ConfigurationKey<?>> backendKeys() {
        return List.of(BACKEND, STRICT, URL, MODEL, REQUEST_TIMEOUT, IN_FLIGHT);
    }

    /** The backend that a process is told to use. */
    public static BackendSettings backend(Configuration configuration) {
        return new BackendSettings(
                configuration.get(BACKEND),
                configuration.get(STRICT),
                configuration.get(URL),
                configuration.get(MODEL),
                configuration.get(REQUEST_TIMEOUT),
                configuration.get(IN_FLIGHT));
    }

    /** The settings of a process. */
    public static EmbeddingConfig from(Configuration configuration) {
        return new EmbeddingConfig(
                configuration.get(ENABLED),
                backend(configuration),
                new BatchSettings(
                        configuration.get(WINDOW),
                        configuration.get(TEXTS),
                        configuration.get(TOKENS),
                        configuration.get(LINGER),
                        configuration.get(IN_FLIGHT),
                        configuration.get(TIMEOUT),
                        configuration.get(ATTEMPTS)),
                SAMPLING.from(configuration),
                configuration.get(PARALLELISM));
    }

    /** Numbers in a vector of the model whose tokens are sent. */
    public int dimensions() {
        return MiniLm.DIMENSIONS;
    }

    /** Whether the backend holds a GPU of this process. */
    public boolean isOnGpu() {
        return backend.name().equals(EmbeddingBackends.ONNX_CUDA);
    }

    /** The operator that samples and tokenises. */
    public OneInputStreamOperator<AdmittedTrace, TokenisedText> tokenise(long windowMillis, long originMillis) {
        return new Tokenise(
                () -> new WordPieceTokenizer(MiniLm.vocabulary(), MiniLm.MAXIMUM_TOKENS),
                sampling,
                windowMillis,
                originMillis);
    }

    /** The operator that embeds. */
    public EmbeddingOperatorFactory operator() {
        BackendSettings settings = backend;
        return new EmbeddingOperatorFactory(() -> EmbeddingBackends.create(settings), batches);
    }
}
