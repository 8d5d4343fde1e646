package io.tidemark.benchmarks.statistics;

import io.tidemark.statistics.histogram.LogGrid;
import io.tidemark.statistics.histogram.LogHistogram;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The log histogram: counting a value in the bucket of the grid, and merging two histograms of 300 buckets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HistogramBenchmark {

    private static final int VALUES = 4096;

    private final double[] values = new double[VALUES];
    private final long[] counts = new long[LogGrid.LAST_REGULAR - LogGrid.FIRST_REGULAR + 1];
    private LogHistogram left;
    private LogHistogram right;
    private int next;

    /** Latencies in milliseconds, lognormal, from a fixed seed. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < VALUES; i++) {
            values[i] = Math.exp(6 + random.nextGaussian());
        }
        left = LogHistogram.of(values);
        right = LogHistogram.of(random.doubles(VALUES).map(u -> Math.exp(9 * u)).toArray());
    }

    /** Goal: at most 15 ns. */
    @Benchmark
    public long add() {
        next = (next + 1) % VALUES;
        return ++counts[LogGrid.index(values[next]) - LogGrid.FIRST_REGULAR];
    }

    @Benchmark
    public LogHistogram merge() {
        return left.merge(right);
    }
}
