package io.tidemark.jobs.embedding;

import io.tidemark.jobs.runtime.PrometheusReporter;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the embedding operator says of itself: texts a batch, padded to real tokens, time in the backend, what failed. */
final class EmbeddingMetrics {

    private final Counter batches;
    private final Counter rows;
    private final Counter realTokens;
    private final Counter paddedTokens;
    private final Counter unscored;

    EmbeddingMetrics(MetricGroup group, BatchRunner runner, IntSupplier inFlight, IntSupplier waiting) {
        MetricGroup own = group.addGroup(PrometheusReporter.GROUP);
        batches = own.counter("embedding_batches");
        rows = own.counter("embedding_texts");
        realTokens = own.counter("embedding_tokens");
        paddedTokens = own.counter("embedding_padded_tokens");
        unscored = own.counter("embedding_unscored");
        own.gauge("embedding_batches_in_flight", inFlight::getAsInt);
        own.gauge("embedding_texts_waiting", waiting::getAsInt);
        own.gauge("embedding_retries", runner::retries);
        own.gauge("embedding_run_seconds", () -> runner.runTime().toMillis() / 1e3);
    }

    void launched(int[][] tokens) {
        int longest = 0;
        for (int[] text : tokens) {
            longest = Math.max(longest, text.length);
            realTokens.inc(text.length);
        }
        batches.inc();
        rows.inc(tokens.length);
        paddedTokens.inc((long) longest * tokens.length);
    }

    void unscored(int texts) {
        unscored.inc(texts);
    }
}
