package io.tidemark.jobs.embedding.backend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OnnxCpuBackendTest extends EmbeddingBackendContract {

    @Override
    EmbeddingBackend create() {
        return OnnxBackend.cpu(2);
    }

    @Test
    void strictCudaWithoutAGpuFailsAndSaysWhatToDo() {
        assertThatThrownBy(() -> new OnnxBackend(OnnxProvider.CUDA_STRICT, 1).open())
                .isInstanceOf(EmbeddingException.class)
                .hasMessageContaining("no CUDA: ")
                .hasMessageContaining("needs a GPU, CUDA 12 and a build with the Maven profile cuda")
                .hasMessageContaining("embedding.cuda.strict=false");
    }
}
