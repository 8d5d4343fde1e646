package io.tidemark.sink.service;

import io.tidemark.sink.insert.InsertException;
import io.tidemark.sink.insert.InsertPath;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings sealed batches into ClickHouse, again and again until it works or the partition is taken away. */
final class Inserter implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Inserter.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int CLOSE_SECONDS = 10;

    private final InsertPath path;
    private final DeadLetters deadLetters;
    private final SinkMetrics metrics;
    private final ExecutorService threads;

    Inserter(InsertPath path, DeadLetters deadLetters, SinkMetrics metrics, int parallelism) {
        this.path = path;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.threads = Executors.newFixedThreadPool(parallelism, task -> {
            Thread thread = new Thread(task, "insert");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Completes when refused records are acknowledged and rows are committed; exceptionally when it was cancelled. */
    CompletableFuture<Void> submit(Batch batch) {
        return CompletableFuture.runAsync(() -> write(batch), threads);
    }

    private void write(Batch batch) {
        if (!batch.refused().isEmpty()) {
            repeat(batch, "dead letters", () -> deadLetters.write(batch.topic().deadLetterTopic(), batch.refused()));
            batch.refused()
                    .forEach(each ->
                            metrics.refused(batch.topic(), each.refusal().reason()));
        }
        if (batch.writer().rows() > 0) {
            repeat(
                    batch,
                    "insert",
                    () -> metrics.timeInsert(
                            batch.topic(),
                            () -> path.insert(
                                    batch.topic().table(), batch.writer().block(), batch.token())));
            metrics.inserted(batch.topic(), batch.writer().rows());
        }
    }

    private void repeat(Batch batch, String what, Attempt attempt) {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (true) {
                try {
                    attempt.run();
                    metrics.recovered(batch);
                    return;
                } catch (InsertException | ExecutionException e) {
                    metrics.failed(batch);
                    LOGGER.warn(
                            "{} of {} failed, next attempt in {} ms: {}", what, batch.token(), pause, e.getMessage());
                }
                if (!batch.waitToRetry(pause)) {
                    throw new CancelledException(batch.token());
                }
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(batch.token());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.warn("an insert did not end within {} s; its range will be inserted again", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Attempt {
        void run() throws ExecutionException, InterruptedException;
    }
}
