package io.tidemark.benchmarks.canary;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random numbers of one simulation; the same seed gives the same numbers. */
final class Draws {

    private static final double LARGEST_MEAN = 200;

    private final RandomGenerator random;

    Draws(long seed) {
        random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    }

    double uniform() {
        return random.nextDouble();
    }

    double normal() {
        return random.nextGaussian();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Successes in some trials, by inversion; large means are drawn in parts. */
    int binomial(int trials, double probability) {
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
    int poisson(double mean) {
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
}
