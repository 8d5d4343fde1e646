package io.tidemark.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Several threads that share a number of inputs. Which inputs there are depends on the seed and on the number of threads.
 *
 * @param threads number of them
 */
public record Senders(int threads) {

    /** What one thread does. */
    @FunctionalInterface
    public interface Share {
        void run(int inputs, Random random) throws Exception;
    }

    /** Waits for all of them; what one throws fails. */
    public void run(int inputs, long seed, Share share) throws InterruptedException, ExecutionException {
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int mine = inputs / threads + (i < inputs % threads ? 1 : 0);
                Random random = new Random(seed * threads + i);
                all.add(senders.submit(() -> {
                    share.run(mine, random);
                    return null;
                }));
            }
            for (Future<Void> each : all) {
                each.get();
            }
        } finally {
            senders.shutdown();
            assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }
}
