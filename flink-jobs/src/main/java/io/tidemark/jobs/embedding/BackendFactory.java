package io.tidemark.jobs.embedding;

import io.tidemark.jobs.embedding.backend.EmbeddingBackend;
import java.io.Serializable;

/** Makes a backend in the process that needs it. */
@FunctionalInterface
public interface BackendFactory extends Serializable {

    /** A backend that is not open yet. */
    EmbeddingBackend create();
}
