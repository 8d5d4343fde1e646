package io.tidemark.jobs.embedding;

import io.tidemark.jobs.embedding.backend.EmbeddingBackend;
import io.tidemark.jobs.embedding.backend.EmbeddingException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs batches on threads of its own and asks again after passing failures. */
final class BatchRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long CLOSE_SECONDS = 30;

    private final EmbeddingBackend backend;
    private final int attempts;
    private final ExecutorService threads;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong runNanos = new AtomicLong();
    private volatile boolean closing;

    BatchRunner(EmbeddingBackend backend, int attempts) {
        this.backend = backend;
        this.attempts = attempts;
        threads = Executors.newCachedThreadPool(body -> {
            Thread thread = new Thread(body, "embedding-batch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Opens the backend and runs one text of each length, so that the first texts do not wait for it to get warm. */
    void open(int... warmUpTokens) throws EmbeddingException {
        backend.open();
        for (int length : warmUpTokens) {
            if (length <= backend.maximumTokens()) {
                backend.embed(new int[][] {new int[length]});
            }
        }
    }

    /**
     * Runs a batch.
     *
     * @param result gets the vectors, or null when there are none, in a thread of the runner
     */
    void submit(int[][] tokens, Consumer<float[][]> result) {
        running.incrementAndGet();
        threads.execute(() -> {
            float[][] vectors = null;
            try {
                vectors = embed(tokens);
            } finally {
                running.decrementAndGet();
                result.accept(vectors);
            }
        });
    }

    private float[][] embed(int[][] tokens) {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; !closing; attempt++) {
            long start = System.nanoTime();
            try {
                return backend.embed(tokens);
            } catch (EmbeddingException e) {
                if (!e.isWorthARetry() || attempt >= attempts || !sleep(pause)) {
                    LOG.warn(
                            "{} texts stay without vectors after {} attempts: {}",
                            tokens.length,
                            attempt,
                            e.getMessage());
                    return null;
                }
                retries.incrementAndGet();
                pause *= 2;
            } finally {
                runNanos.addAndGet(System.nanoTime() - start);
            }
        }
        return null;
    }

    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Batches that the backend has not given back, those that nobody waits for any more included. */
    int running() {
        return running.get();
    }

    long retries() {
        return retries.get();
    }

    /** Time spent in the backend. */
    Duration runTime() {
        return Duration.ofNanos(runNanos.get());
    }

    String backendId() {
        return backend.id();
    }

    /** Begins no more batches, waits for those under way, and closes the backend. */
    void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a batch is still under way after {} s; the backend is left to it", CLOSE_SECONDS);
                return;
            }
        } catch (InterruptedException e) {
            // cancelled a second time: a backend closes only after the batches that are under way
            Thread.currentThread().interrupt();
        }
        backend.close();
    }
}
