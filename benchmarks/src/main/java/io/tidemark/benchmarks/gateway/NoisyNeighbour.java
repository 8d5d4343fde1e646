package io.tidemark.benchmarks.gateway;

import io.tidemark.benchmarks.report.BenchmarkReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A quiet tenant sends all the time, and another ten times its quota in every other slot of a second, in the order ABBA. What else the machine does
 * falls into slots of both kinds alike, so that the latencies of the two kinds can be compared on a machine that is not idle. The noisy client sends
 * finished bytes at a bounded rate; what it costs itself is reported, as it runs on the same cores.
 */
final class NoisyNeighbour {

    private static final long SLOT_NANOS = 1_000_000_000L;
    /** What was sent in a slot may still be under way at the start of the next. */
    private static final long SETTLING_NANOS = 100_000_000L;

    private static final int CONNECTIONS = 8;
    private static final double P99 = 0.99;
    private static final int RESAMPLES = 1_000;

    private final int slots;
    private final LoadPhase quiet;
    private final LoadPhase noisy;

    /**
     * @param quiet requests of the quiet tenant, and how many a second
     * @param noisy requests of the noisy tenant, and how many a second
     * @param slots a multiple of four
     */
    NoisyNeighbour(
            int port, List<byte[]> quiet, double quietPerSecond, List<byte[]> noisy, double noisyPerSecond, int slots) {
        this.slots = slots;
        this.quiet = new LoadPhase(port, quiet, CONNECTIONS, quietPerSecond, slots);
        this.noisy = new LoadPhase(
                port, noisy, CONNECTIONS, noisyPerSecond, slots, due -> isNoisy((int) (due / SLOT_NANOS)));
    }

    void measure(BenchmarkReport report) throws InterruptedException {
        List<Thread> threads = new ArrayList<>(quiet.start());
        threads.addAll(noisy.start());
        for (Thread thread : threads) {
            thread.join();
        }
        List<long[]> alone = new ArrayList<>();
        List<long[]> beside = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            long from = slot * SLOT_NANOS + SETTLING_NANOS;
            long to = (slot + 1) * SLOT_NANOS;
            (isNoisy(slot) ? beside : alone).add(quiet.latencies(due -> due >= from && due < to));
        }
        report.with("quiet_tenant_slots_of_each_kind", slots / 2);
        report.with("quiet_tenant_requests_of_each_kind", Arrays.asList(count(alone), count(beside)));
        report.with("quiet_tenant_p50_millis_alone_and_beside", Arrays.asList(millis(0.5, alone), millis(0.5, beside)));
        report.with("quiet_tenant_p99_millis_alone_and_beside", Arrays.asList(millis(P99, alone), millis(P99, beside)));
        report.with("quiet_tenant_p99_beside_noise_to_alone", millis(P99, beside) / millis(P99, alone));
        report.with("quiet_tenant_p99_ratio_95_percent_interval", interval(alone, beside));
        report.with("quiet_tenant_p99_ratio_median_of_slots", medianOfSlots(alone, beside));
        report.with("quiet_tenant_requests_refused", quiet.refused());
        report.with("noisy_tenant_requests_taken", noisy.taken());
        report.with("noisy_tenant_requests_refused", noisy.refused());
        report.with("noisy_client_cores", noisy.cpuSeconds() / (slots / 2.0));
    }

    /** Unlike the quantile over all slots it does not hang on the few in which the machine was busy with something else. */
    private static double medianOfSlots(List<long[]> alone, List<long[]> beside) {
        double[] ratios = IntStream.range(0, alone.size())
                .mapToDouble(slot -> millis(P99, List.of(beside.get(slot))) / millis(P99, List.of(alone.get(slot))))
                .sorted()
                .toArray();
        return ratios[ratios.length / 2];
    }

    private static boolean isNoisy(int slot) {
        return slot % 4 == 1 || slot % 4 == 2;
    }

    /** Slots drawn again with replacement, a slot of one kind with its neighbour of the other. */
    private static List<Double> interval(List<long[]> alone, List<long[]> beside) {
        Random random = new Random(20_261_121);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            List<long[]> drawnAlone = new ArrayList<>();
            List<long[]> drawnBeside = new ArrayList<>();
            for (int slot = 0; slot < alone.size(); slot++) {
                int drawn = random.nextInt(alone.size());
                drawnAlone.add(alone.get(drawn));
                drawnBeside.add(beside.get(drawn));
            }
            ratios[i] = millis(P99, drawnBeside) / millis(P99, drawnAlone);
        }
        Arrays.sort(ratios);
        return List.of(ratios[(int) (0.025 * RESAMPLES)], ratios[(int) (0.975 * RESAMPLES)]);
    }

    private static double millis(double share, List<long[]> slots) {
        return Quantile.of(share, slots.stream().flatMapToLong(Arrays::stream).toArray()) / 1e6;
    }

    private static long count(List<long[]> slots) {
        return slots.stream().mapToLong(slot -> slot.length).sum();
    }
}
