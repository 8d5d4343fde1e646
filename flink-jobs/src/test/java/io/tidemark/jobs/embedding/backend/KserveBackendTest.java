package io.tidemark.jobs.embedding.backend;

class KserveBackendTest extends RemoteBackendContract {

    KserveBackendTest() {
        super(EmbeddingBackends.KSERVE_V2);
    }
}
