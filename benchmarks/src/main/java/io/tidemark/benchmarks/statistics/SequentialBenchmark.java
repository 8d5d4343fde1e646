package io.tidemark.benchmarks.statistics;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.sequential.LogRatios;
import io.tidemark.statistics.sequential.OnsetEvidence;
import io.tidemark.statistics.sequential.OnsetMixtureEProcess;
import io.tidemark.statistics.sequential.RateLimitEProcess;
import io.tidemark.statistics.sequential.RateRatioEProcess;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pane added to an e-process: at most 1 us. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class SequentialBenchmark {

    private final RateRatioEProcess rateRatio = RateRatioEProcess.usual();
    private final OnsetMixtureEProcess onset = OnsetMixtureEProcess.usual(8_640);
    private final RateLimitEProcess limit = RateLimitEProcess.usual(0.05);
    private TwoArmCounts pane = new TwoArmCounts(3, 17, 4, 316);
    private BinomialCounts counts = new BinomialCounts(37, 463);
    private LogRatios ratios = rateRatio.start();
    private OnsetEvidence evidence = onset.update(onset.start(), pane);

    /** Six rate ratios. */
    @Benchmark
    public LogRatios rateRatioPane() {
        return rateRatio.update(ratios, pane);
    }

    /** Seven rate ratios with the onset mixture. */
    @Benchmark
    public OnsetEvidence onsetPane() {
        return onset.update(evidence, pane);
    }

    /** A look at the evidence of the onset mixture. */
    @Benchmark
    public double onsetLook() {
        return onset.logEvidence(evidence);
    }

    /** A look at the evidence against the limit of a rate. */
    @Benchmark
    public double rateLimitLook() {
        return limit.logEvidence(counts);
    }
}
