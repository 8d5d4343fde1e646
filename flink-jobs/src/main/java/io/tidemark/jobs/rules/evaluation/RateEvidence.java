package io.tidemark.jobs.rules.evaluation;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.sequential.BernoulliAlternatives;
import io.tidemark.statistics.sequential.LogRatios;
import io.tidemark.statistics.sequential.OnsetEvidence;
import io.tidemark.statistics.sequential.OnsetMixtureEProcess;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;

/**
 * Evidence that a rate is over its limit, which may be looked at after every pane: likelihood ratios of some higher rates
 * against the limit, begun at the first pane or at any later one. A rate under the limit gives each of these ratios an
 * expected value of at most 1, so that the level holds for all of "at most the limit".
 *
 * <p>An epoch is a day of panes. The error budget of a rule is thus spent once a day; a beta mixture without epochs would
 * spend it once, and would need ever longer to see a rate that rises late.
 */
final class RateEvidence {

    /** Panes of an epoch: a day. */
    static final long EPOCH_PANES = 8_640;

    private static final double[] RATIOS = {1.5, 2, 3, 5, 10, 20, 50};
    private static final int STEP_RATIO = 3;
    private static final double HIGHEST_RATE = 0.95;

    private static final Map<Double, RateEvidence> BY_LIMIT = new ConcurrentHashMap<>();

    private final BernoulliAlternatives alternatives;
    private final OnsetMixtureEProcess process;

    /** The one for a limit: it holds no state, and slices are many. */
    static RateEvidence against(double limit) {
        return BY_LIMIT.computeIfAbsent(limit, RateEvidence::new);
    }

    /** @param limit highest rate that is allowed, in (0, 1) */
    private RateEvidence(double limit) {
        double[] rates = Arrays.stream(RATIOS)
                .map(ratio -> ratio * limit)
                .filter(rate -> rate < HIGHEST_RATE)
                .toArray();
        double[] all = rates.length > 0 ? rates : new double[] {(1 + limit) / 2};
        alternatives = new BernoulliAlternatives(limit, all);
        process = new OnsetMixtureEProcess(
                EPOCH_PANES, DoubleStream.of(all).map(rate -> rate / limit).toArray());
    }

    OnsetEvidence start() {
        return process.start();
    }

    OnsetEvidence update(OnsetEvidence state, BinomialCounts pane) {
        return process.close(state, alternatives.ratios(pane));
    }

    /** What a pane adds to the evidence that the rate is about three times the limit; negative when it speaks against. */
    double step(BinomialCounts pane) {
        return alternatives.ratios(pane).value(Math.min(STEP_RATIO, alternatives.size() - 1));
    }

    double logEvidence(OnsetEvidence state) {
        return process.logEvidence(state);
    }

    /** Number of alternatives. */
    int size() {
        return alternatives.size();
    }

    static void write(OnsetEvidence state, ByteWriter writer) {
        writer.writeUnsigned(state.panes());
        for (int i = 0; i < state.steady().size(); i++) {
            writer.writeDouble(state.steady().value(i));
            writer.writeDouble(state.onset().value(i));
        }
    }

    static OnsetEvidence read(int alternatives, ByteReader reader) {
        long panes = reader.readUnsigned();
        double[] steady = new double[alternatives];
        double[] onset = new double[alternatives];
        for (int i = 0; i < alternatives; i++) {
            steady[i] = Double.longBitsToDouble(reader.readLong());
            onset[i] = Double.longBitsToDouble(reader.readLong());
        }
        return new OnsetEvidence(panes, new LogRatios(steady), new LogRatios(onset));
    }
}
