package io.tidemark.jobs.embedding.backend;

class TeiBackendTest extends RemoteBackendContract {

    TeiBackendTest() {
        super(EmbeddingBackends.TEI);
    }
}
