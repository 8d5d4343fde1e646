package io.tidemark.benchmarks.gateway;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
    private final LongPredicate active;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong cpuNanos = new AtomicLong();
    private final List<Samples> samples = new ArrayList<>();

    /** Taken requests of one connection: when they were due, in nanoseconds from the start of the phase, and what they took. */
    private record Samples(long[] dueNanos, long[] latencyNanos) {

        LongStream latencies(LongPredicate due) {
            return IntStream.range(0, dueNanos.length)
                    .filter(i -> due.test(dueNanos[i]))
                    .mapToLong(i -> latencyNanos[i]);
        }
    }

    /** @param requestsPerSecond 0: as fast as answers come */
    LoadPhase(int port, List<byte[]> requests, int connections, double requestsPerSecond, double seconds) {
        this(port, requests, connections, requestsPerSecond, seconds, due -> true);
    }

    /** @param active whether requests are sent that are due so many nanoseconds after the start */
    LoadPhase(
            int port,
            List<byte[]> requests,
            int connections,
            double requestsPerSecond,
            double seconds,
            LongPredicate active) {
        this.port = port;
        this.requests = requests;
        this.connections = connections;
        this.requestsPerSecond = requestsPerSecond;
        this.nanos = (long) (seconds * 1e9);
        this.active = active;
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

    /** Processor time of the connections so far ended. */
    double cpuSeconds() {
        return cpuNanos.get() / 1e9;
    }

    /** Latency in milliseconds that a share of the taken requests did not exceed. */
    double quantileMillis(double share) {
        return Quantile.of(share, latencies(due -> true)) / 1e6;
    }

    /** Latencies of the taken requests that were due at some times, in nanoseconds. */
    synchronized long[] latencies(LongPredicate due) {
        return samples.stream().flatMapToLong(each -> each.latencies(due)).toArray();
    }

    private void run(int number, long start) {
        long[] dues = new long[1 << 16];
        long[] mine = new long[1 << 16];
        int count = 0;
        double gapNanos = requestsPerSecond == 0 ? 0 : connections * 1e9 / requestsPerSecond;
        try (PlainConnection connection = new PlainConnection(port)) {
            for (long i = 0; System.nanoTime() - start < nanos; i++) {
                long due = gapNanos == 0
                        ? System.nanoTime() - start
                        : (long) (gapNanos * (i + number / (double) connections));
                if (!active.test(due)) {
                    continue;
                }
                await(start + due);
                int status = connection.exchange(requests.get((int) ((number * 31 + i) % requests.size())));
                if (status != 200) {
                    refused.incrementAndGet();
                } else {
                    taken.incrementAndGet();
                    if (count < mine.length) {
                        dues[count] = due;
                        mine[count++] = System.nanoTime() - start - due;
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the load breaks off: " + e.getMessage(), e);
        } finally {
            keep(new Samples(Arrays.copyOf(dues, count), Arrays.copyOf(mine, count)));
            cpuNanos.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        }
    }

    private synchronized void keep(Samples mine) {
        samples.add(mine);
    }

    private static void await(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
