package io.tidemark.jobs.embedding.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What every backend on a server keeps besides: it says which failures pass. */
abstract class RemoteBackendContract extends EmbeddingBackendContract {

    private static final int[][] ONE = {{101, 2023, 102}};

    private final String name;
    private ModelServer server;

    RemoteBackendContract(String name) {
        this.name = name;
    }

    @Override
    EmbeddingBackend create() throws Exception {
        if (server == null) {
            server = new ModelServer();
        }
        return backend(server.address().toString(), Duration.ofSeconds(30));
    }

    private EmbeddingBackend backend(String url, Duration timeout) {
        return EmbeddingBackends.create(new BackendSettings(name, true, url, MiniLm.NAME, timeout, 4));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aBusyServerIsWorthARetry() throws Exception {
        try (EmbeddingBackend backend = create()) {
            backend.open();
            server.failNext(1);

            assertThatThrownBy(() -> backend.embed(ONE))
                    .isInstanceOfSatisfying(EmbeddingException.class, failure -> assertThat(failure.isWorthARetry())
                            .isTrue())
                    .hasMessageContaining("503");
            assertThat(backend.embed(ONE)).hasDimensions(1, MiniLm.DIMENSIONS);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsWorthARetry() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            EmbeddingBackend backend = backend("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(200));

            assertThatThrownBy(backend::open)
                    .isInstanceOfSatisfying(EmbeddingException.class, failure -> assertThat(failure.isWorthARetry())
                            .isTrue())
                    .hasMessageContaining("gave no answer");
        }
    }
}
