package io.tidemark.jobs.embedding.backend;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** The list of backends. */
public final class EmbeddingBackends {

    /** The model that comes along, on processors. */
    public static final String ONNX_CPU = "onnx-cpu";

    /** The model that comes along, on an NVIDIA GPU of this machine. */
    public static final String ONNX_CUDA = "onnx-cuda";

    /** A server of the Open Inference Protocol, such as Triton or KServe. */
    public static final String KSERVE_V2 = "kserve-v2";

    /** Hugging Face Text Embeddings Inference. */
    public static final String TEI = "tei";

    /** All names. */
    public static final Set<String> NAMES = Set.of(ONNX_CPU, ONNX_CUDA, KSERVE_V2, TEI);

    private EmbeddingBackends() {}

    /**
     * Which backend, and what it needs.
     *
     * @param name one of {@link #NAMES}
     * @param strict whether onnx-cuda fails without a GPU
     * @param url address of the server; empty without one
     * @param model name of the model on the server
     * @param timeout longest answer of a server
     * @param concurrency batches at once
     */
    public record BackendSettings(
            String name, boolean strict, String url, String model, Duration timeout, int concurrency)
            implements Serializable {

        /** Whether a server embeds. */
        public boolean isRemote() {
            return name.equals(KSERVE_V2) || name.equals(TEI);
        }
    }

    /**
     * A backend that is not open.
     *
     * @throws IllegalArgumentException when there is none of the name
     */
    public static EmbeddingBackend create(BackendSettings settings) {
        return switch (settings.name()) {
            case ONNX_CPU -> OnnxBackend.cpu(settings.concurrency());
            case ONNX_CUDA ->
                new OnnxBackend(
                        settings.strict() ? OnnxProvider.CUDA_STRICT : OnnxProvider.CUDA_OR_CPU,
                        settings.concurrency());
            case KSERVE_V2 ->
                new KserveBackend(
                        new HttpExchange(URI.create(settings.url()), settings.timeout()),
                        settings.model(),
                        settings.concurrency());
            case TEI ->
                new TeiBackend(
                        new HttpExchange(URI.create(settings.url()), settings.timeout()), settings.concurrency());
            default ->
                throw new IllegalArgumentException(
                        "there is no backend '%s', only %s".formatted(settings.name(), NAMES));
        };
    }
}
