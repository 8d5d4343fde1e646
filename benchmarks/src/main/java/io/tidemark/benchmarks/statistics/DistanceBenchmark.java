package io.tidemark.benchmarks.statistics;

import io.tidemark.statistics.distance.PopulationStabilityIndex;
import io.tidemark.statistics.distance.kernel.FourierSums;
import io.tidemark.statistics.distance.kernel.RandomFourierFeatures;
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

/** Distances: the stability index over 20 bins, and the random Fourier features of a 384-vector with D = 256. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DistanceBenchmark {

    private static final int BINS = 20;
    private static final int DIMENSION = 384;
    private static final int FEATURES = 256;

    private final PopulationStabilityIndex index = new PopulationStabilityIndex();
    private final long[] baseline = new long[BINS];
    private final long[] current = new long[BINS];
    private final double[] vector = new double[DIMENSION];
    private RandomFourierFeatures features;
    private double[] mapped;
    private FourierSums sums;

    /** Fills the inputs from a fixed seed. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int bin = 0; bin < BINS; bin++) {
            baseline[bin] = random.nextLong(400, 600);
            current[bin] = random.nextLong(40, 60);
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = random.nextGaussian();
        }
        features = RandomFourierFeatures.draw(DIMENSION, FEATURES, Math.sqrt(2.0 * DIMENSION), 1);
        mapped = features.map(vector);
        sums = FourierSums.empty(features).plus(mapped);
    }

    /** Goal: at most 2,000 ns. */
    @Benchmark
    public double stabilityIndex() {
        return index.score(baseline, current);
    }

    /** The index with its p-value. */
    @Benchmark
    public double stabilityIndexWithLaw() {
        return index.evaluate(baseline, current).pValue();
    }

    /** Goal: at most 100,000 ns, that is 10,000 vectors a second. */
    @Benchmark
    public double[] fourierFeatures() {
        return features.map(vector);
    }

    /** Adding the features of one vector to the state. */
    @Benchmark
    public FourierSums addToSums() {
        return sums.plus(mapped);
    }
}
