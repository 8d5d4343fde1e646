package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.sequential.LogRatios;
import io.tidemark.statistics.sequential.OnsetEvidence;
import io.tidemark.statistics.sequential.OnsetMixtureEProcess;
import io.tidemark.statistics.sequential.RateRatioEProcess;
import java.util.Arrays;

/**
 * Evidence of one guardrail over a whole rollout, in both directions: that the candidate is worse than is tolerated, by an
 * onset mixture that is quick also when the fault begins late, and that it is not. One epoch for the rollout: ladder steps
 * do not restart it, because starting again at each step spends the error budget again.
 *
 * <p>The null hypothesis of the first is the tolerated regression, and not equality: so one test says both that there is a
 * difference and that its bound exceeds the tolerance.
 */
final class SequentialEvidence {

    /** How much worse than tolerated the alternatives are. */
    static final double[] WORSE = {1.25, 1.5, 2, 3, 5, 10, 20};

    /** How many alternatives speak for the candidate. */
    static final int BETTER = 3;

    private static final RateRatioEProcess MEAN_OF_BETTER = new RateRatioEProcess(0.5, 0.75, 1);

    private final OnsetMixtureEProcess onset;
    private OnsetEvidence regression;
    private LogRatios better = LogRatios.ones(BETTER);
    private double highestBetter;
    private double[] cumulated = new double[WORSE.length];
    private double[] lowest = new double[WORSE.length];
    private long[] lowestAtMillis = new long[WORSE.length];

    SequentialEvidence(long plannedPanes) {
        onset = OnsetMixtureEProcess.usual(plannedPanes);
        regression = onset.start();
    }

    /**
     * Adds a pane.
     *
     * @param worse likelihood ratios of the alternatives {@link #WORSE} against the tolerated regression
     * @param betterPane likelihood ratios of {@link #BETTER} alternatives of an acceptable candidate against it
     */
    void close(double[] worse, double[] betterPane, long paneEndMillis, long paneMillis) {
        regression = onset.close(regression, new LogRatios(worse));
        better = better.times(new LogRatios(betterPane));
        highestBetter = Math.max(highestBetter, MEAN_OF_BETTER.logEvidence(better));
        for (int i = 0; i < worse.length; i++) {
            if (cumulated[i] <= lowest[i]) {
                lowest[i] = cumulated[i];
                lowestAtMillis[i] = paneEndMillis - paneMillis;
            }
            cumulated[i] += worse[i];
        }
    }

    /** Natural logarithm of the evidence that the candidate is worse than tolerated. */
    double logRegression() {
        return onset.logEvidence(regression);
    }

    /**
     * Natural logarithm of the evidence that it is not, at its highest: what was excluded once at a level stays excluded at
     * that level, because the chance that the evidence ever gets there wrongly is bounded.
     */
    double logNonInferiority() {
        return highestBetter;
    }

    /** Most likely start of the regression: where the best alternative began to win. Milliseconds since the epoch. */
    long onsetMillis() {
        int best = 0;
        for (int i = 1; i < cumulated.length; i++) {
            if (cumulated[i] - lowest[i] > cumulated[best] - lowest[best]) {
                best = i;
            }
        }
        return lowestAtMillis[best];
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(regression.panes());
        StateCodec.write(regression.steady().values(), writer);
        StateCodec.write(regression.onset().values(), writer);
        StateCodec.write(better.values(), writer);
        writer.writeDouble(highestBetter);
        StateCodec.write(cumulated, writer);
        StateCodec.write(lowest, writer);
        Arrays.stream(lowestAtMillis).forEach(writer::writeLong);
    }

    void read(ByteReader reader) {
        long panes = reader.readUnsigned();
        LogRatios steady = new LogRatios(StateCodec.readDoubles(reader));
        regression = new OnsetEvidence(panes, steady, new LogRatios(StateCodec.readDoubles(reader)));
        better = new LogRatios(StateCodec.readDoubles(reader));
        highestBetter = StateCodec.readDouble(reader);
        cumulated = StateCodec.readDoubles(reader);
        lowest = StateCodec.readDoubles(reader);
        lowestAtMillis = new long[cumulated.length];
        for (int i = 0; i < lowestAtMillis.length; i++) {
            lowestAtMillis[i] = reader.readLong();
        }
    }
}
