package io.tidemark.benchmarks.embedding;

import io.tidemark.jobs.embedding.backend.EmbeddingBackend;
import io.tidemark.jobs.embedding.backend.EmbeddingException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A loop over a backend with ready batches, as many at once as the operator has in flight: what no operator can beat. */
final class BareLoop {

    private BareLoop() {}

    static void run(EmbeddingBackend backend, List<int[][]> batches, int atOnce) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<?>> loops = IntStream.range(0, atOnce)
                    .<Future<?>>mapToObj(unused -> threads.submit(() -> embedAll(backend, batches, next)))
                    .toList();
            for (Future<?> loop : loops) {
                loop.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the backend failed", e.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private static Void embedAll(EmbeddingBackend backend, List<int[][]> batches, AtomicInteger next)
            throws EmbeddingException {
        for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
            float[][] vectors = backend.embed(batches.get(i));
            Arrivals.add(vectors.length, true);
        }
        return null;
    }
}
