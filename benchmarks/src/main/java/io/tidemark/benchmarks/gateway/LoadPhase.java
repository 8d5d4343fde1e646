package io.tidemark.benchmarks.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Load of one tenant for a while.
 *
 * <p>With a rate, requests are due at fixed times and their latency counts from then, so that a slow answer is charged with the requests it delayed.
 */
final class LoadPhase {

    private final int port;
    private final List<byte[]> requests;
    private final int connections;
    private final double requestsPerSecond;
    private final long nanos;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final List<long[]> latencies = new ArrayList<>();

    /** @param requestsPerSecond 0: as fast as answers come */
    LoadPhase(int port, List<byte[]> requests, int connections, double requestsPerSecond, double seconds) {
        this.port = port;
        this.requests = requests;
        this.connections = connections;
        this.requestsPerSecond = requestsPerSecond;
        this.nanos = (long) (seconds * 1e9);
    }

    List<Thread> start() {
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            int number = i;
            Thread thread = new Thread(() -> run(number, start), "load");
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    long taken() {
        return taken.get();
    }

    long refused() {
        return refused.get();
    }

    /** Latency in milliseconds that a share of the taken requests did not exceed. */
    synchronized double quantileMillis(double share) {
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return all.length == 0
                ? Double.NaN
                : all[(int) Math.min(all.length - 1, Math.ceil(share * all.length) - 1)] / 1e6;
    }

    private void run(int number, long start) {
        long[] mine = new long[1 << 16];
        int count = 0;
        double gapNanos = requestsPerSecond == 0 ? 0 : connections * 1e9 / requestsPerSecond;
        try (PlainConnection connection = new PlainConnection(port)) {
            for (long i = 0; System.nanoTime() - start < nanos; i++) {
                long due = gapNanos == 0
                        ? System.nanoTime()
                        : start + (long) (gapNanos * (i + number / (double) connections));
                await(due);
                int status = connection.exchange(requests.get((int) ((number * 31 + i) % requests.size())));
                if (status == 200) {
                    taken.incrementAndGet();
                    if (count < mine.length) {
                        mine[count++] = System.nanoTime() - due;
                    }
                } else {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the load breaks off: " + e.getMessage(), e);
        } finally {
            keep(Arrays.copyOf(mine, count));
        }
    }

    private synchronized void keep(long[] mine) {
        latencies.add(mine);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
