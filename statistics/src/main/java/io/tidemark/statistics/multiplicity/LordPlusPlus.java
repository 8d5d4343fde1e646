package io.tidemark.statistics.multiplicity;

import io.tidemark.statistics.error.InputChecks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * LORD++: control of the false discovery rate over an endless stream of independent p-values, each decided when it
 * comes. It spends an initial wealth and earns alpha with every discovery.
 *
 * <p>{@code a_t = g_t W0 + (alpha - W0) g_{t - tau_1} + alpha sum_{j >= 2} g_{t - tau_j}} with
 * {@code g_j = 6 / (pi^2 j^2)} and the times {@code tau_j} of the discoveries so far; p is rejected when it is at most
 * {@code a_t}.
 *
 * <p>A. Ramdas, F. Yang, M. J. Wainwright, M. I. Jordan, "Online control of the false discovery rate with decaying
 * memory", NIPS 2017. Differs from the paper: the weights fall as 1/j^2, which needs no horizon.
 *
 * @param alpha bound on the false discovery rate, in (0, 1)
 * @param initialWealth W0, in (0, alpha]
 */
public record LordPlusPlus(double alpha, double initialWealth) {

    private static final double WEIGHT = 6 / (Math.PI * Math.PI);

    public LordPlusPlus {
        InputChecks.strictlyBetween("alpha", alpha, 0, 1);
        InputChecks.between("w0", InputChecks.positive("w0", initialWealth), 0, alpha);
    }

    /**
     * What the stream has seen.
     *
     * @param tested number of p-values so far
     * @param discoveries one-based times of the rejections, ascending
     */
    @SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
    public record State(long tested, long[] discoveries) {

        /** Before the first p-value. */
        public static State start() {
            return new State(0, new long[0]);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State that && tested == that.tested && Arrays.equals(discoveries, that.discoveries);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(tested) + Arrays.hashCode(discoveries);
        }

        @Override
        public String toString() {
            return "State[tested=%d, discoveries=%s]".formatted(tested, Arrays.toString(discoveries));
        }
    }

    /**
     * What became of one p-value.
     *
     * @param level that it was compared with
     * @param rejected whether it was at most the level
     * @param state after it
     */
    public record Decision(double level, boolean rejected, State state) {}

    /**
     * Decides the next p-value.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT or OUT_OF_RANGE
     */
    public Decision decide(State state, double pValue) {
        InputChecks.probability("p", pValue);
        long time = state.tested() + 1;
        double level = level(state, time);
        boolean rejected = pValue <= level;
        long[] discoveries = state.discoveries();
        if (rejected) {
            discoveries = Arrays.copyOf(discoveries, discoveries.length + 1);
            discoveries[discoveries.length - 1] = time;
        }
        return new Decision(level, rejected, new State(time, discoveries));
    }

    /** Decides p-values one after the other, from the start; errors as {@link #decide}. */
    public List<Decision> decideAll(double[] pValues) {
        InputChecks.probabilities("p", pValues);
        List<Decision> decisions = new ArrayList<>(pValues.length);
        State state = State.start();
        for (double pValue : pValues) {
            Decision decision = decide(state, pValue);
            decisions.add(decision);
            state = decision.state();
        }
        return decisions;
    }

    private double level(State state, long time) {
        double level = weight(time) * initialWealth;
        for (int j = 0; j < state.discoveries().length; j++) {
            double earned = j == 0 ? alpha - initialWealth : alpha;
            level += earned * weight(time - state.discoveries()[j]);
        }
        return level;
    }

    private static double weight(long age) {
        return WEIGHT / ((double) age * age);
    }
}
