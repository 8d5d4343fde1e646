package io.tidemark.jobs.embedding.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The graph that a GPU gets, with the pooling in it, here on processors. */
class PooledGraphBackendTest extends EmbeddingBackendContract {

    @Override
    EmbeddingBackend create() {
        return new OnnxBackend(OnnxProvider.CUDA_OR_CPU, 2);
    }

    @Override
    double batchTolerance() {
        return 1e-6;
    }

    @Test
    void theIdShowsThatNoGpuWasThere() throws Exception {
        try (EmbeddingBackend backend = create()) {
            backend.open();
            assertThat(backend.id()).contains("onnxruntime-c");
        }
    }
}
