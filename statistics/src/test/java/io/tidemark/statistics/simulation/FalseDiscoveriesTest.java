package io.tidemark.statistics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.statistics.multiplicity.BenjaminiHochberg;
import io.tidemark.statistics.multiplicity.EvidenceBenjaminiHochberg;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/**
 * 2,000 slices looked at 30 times, 5 % of them truly bad (error rate 0.03 becomes 0.07): e-BH over e-processes against the
 * naive Benjamini-Hochberg over p-values that are computed anew at each look.
 */
class FalseDiscoveriesTest {

    private static final int SLICES = 2000;
    private static final int BAD = 100;
    private static final int LOOKS = 30;
    private static final int REQUESTS_PER_LOOK = 100;
    private static final int RUNS = 5;
    private static final double HEALTHY = 0.03;
    private static final double BROKEN = 0.07;
    private static final double Q = 0.05;
    private static final double[] RATIOS = {1.5, 2, 3};

    /** Shares of false discoveries and of bad slices found, at the end of all looks. */
    private record Outcome(double falseShare, double power) {}

    @Test
    void evidenceHoldsOverTimeWhereRepeatedPValuesDoNot() {
        double falseEvidence = 0;
        double power = 0;
        double falseNaive = 0;
        for (int run = 0; run < RUNS; run++) {
            long[][] errors = errors(new SplittableRandom(200 + run));
            Outcome evidence = evidence(errors);
            falseEvidence += evidence.falseShare() / RUNS;
            power += evidence.power() / RUNS;
            falseNaive += naive(errors).falseShare() / RUNS;
        }
        System.out.printf("[figure] e-BH FDP %.4f power %.4f; naive BH FDP %.4f%n", falseEvidence, power, falseNaive);
        assertThat(falseEvidence).isLessThanOrEqualTo(Q);
        assertThat(power).isGreaterThanOrEqualTo(0.95);
        assertThat(falseNaive).as("negative control").isGreaterThan(2 * Q);
    }

    private static long[][] errors(SplittableRandom random) {
        long[][] errors = new long[LOOKS][SLICES];
        for (long[] look : errors) {
            for (int slice = 0; slice < SLICES; slice++) {
                double rate = slice < BAD ? BROKEN : HEALTHY;
                for (int request = 0; request < REQUESTS_PER_LOOK; request++) {
                    look[slice] += random.nextDouble() < rate ? 1 : 0;
                }
            }
        }
        return errors;
    }

    private static Outcome evidence(long[][] errors) {
        EvidenceBenjaminiHochberg rule = new EvidenceBenjaminiHochberg();
        double[][] logs = new double[SLICES][RATIOS.length];
        boolean[] found = new boolean[SLICES];
        for (long[] look : errors) {
            for (int slice = 0; slice < SLICES; slice++) {
                for (int i = 0; i < RATIOS.length; i++) {
                    logs[slice][i] += look[slice] * Math.log(RATIOS[i])
                            + (REQUESTS_PER_LOOK - look[slice]) * Math.log((1 - RATIOS[i] * HEALTHY) / (1 - HEALTHY));
                }
            }
            double[] evidence = Arrays.stream(logs)
                    .mapToDouble(slice -> Math.log(
                            Arrays.stream(slice).map(Math::exp).average().orElseThrow()))
                    .toArray();
            mark(found, rule.discoveriesOfLogs(evidence, Q));
        }
        return outcome(found);
    }

    private static Outcome naive(long[][] errors) {
        BenjaminiHochberg rule = new BenjaminiHochberg();
        long[] sums = new long[SLICES];
        boolean[] found = new boolean[SLICES];
        for (int look = 0; look < LOOKS; look++) {
            BinomialDistribution law = BinomialDistribution.of((look + 1) * REQUESTS_PER_LOOK, HEALTHY);
            double[] pValues = new double[SLICES];
            for (int slice = 0; slice < SLICES; slice++) {
                sums[slice] += errors[look][slice];
                pValues[slice] = law.survivalProbability((int) sums[slice] - 1);
            }
            mark(found, rule.discoveries(pValues, Q));
        }
        return outcome(found);
    }

    private static void mark(boolean[] found, int[] discoveries) {
        for (int slice : discoveries) {
            found[slice] = true;
        }
    }

    private static Outcome outcome(boolean[] found) {
        int good = 0;
        int bad = 0;
        for (int slice = 0; slice < SLICES; slice++) {
            if (found[slice] && slice < BAD) {
                bad++;
            } else if (found[slice]) {
                good++;
            }
        }
        return new Outcome(good / (double) Math.max(1, good + bad), bad / (double) BAD);
    }
}
