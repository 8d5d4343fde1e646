package io.tidemark.statistics.simulation;

import io.tidemark.statistics.counts.TwoArmCounts;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Random numbers of one simulation; the same seed gives the same numbers. */
public final class Draws {

    private static final double LARGEST_MEAN = 200;

    private final UniformRandomProvider random;
    private final ZigguratSampler.NormalizedGaussian gaussian;

    public Draws(long seed) {
        random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    }

    public double uniform() {
        return random.nextDouble();
    }

    public double normal() {
        return gaussian.sample();
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Successes in some trials, by inversion; large means are drawn in parts. */
    public int binomial(int trials, double probability) {
        if (probability > 0.5) {
            return trials - binomial(trials, 1 - probability);
        }
        if (trials * probability > LARGEST_MEAN) {
            int half = trials / 2;
            return binomial(half, probability) + binomial(trials - half, probability);
        }
        double odds = probability / (1 - probability);
        double mass = Math.pow(1 - probability, trials);
        double left = random.nextDouble();
        int count = 0;
        while (left > mass && count < trials) {
            left -= mass;
            count++;
            mass *= odds * (trials - count + 1) / count;
        }
        return count;
    }

    /** Poisson count, by inversion; large means are drawn in parts. */
    public int poisson(double mean) {
        if (mean > LARGEST_MEAN) {
            return poisson(mean / 2) + poisson(mean / 2);
        }
        double mass = Math.exp(-mean);
        double left = random.nextDouble();
        int count = 0;
        while (left > mass && mass > 0) {
            left -= mass;
            count++;
            mass *= mean / count;
        }
        return count;
    }

    /** One pane of a canary and its baseline with their bad rates. */
    public TwoArmCounts pane(int canary, double canaryRate, int baseline, double baselineRate) {
        return new TwoArmCounts(binomial(canary, canaryRate), canary, binomial(baseline, baselineRate), baseline);
    }
}
