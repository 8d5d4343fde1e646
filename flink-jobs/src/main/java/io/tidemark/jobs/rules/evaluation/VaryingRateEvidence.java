package io.tidemark.jobs.rules.evaluation;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.sequential.BernoulliAlternatives;
import io.tidemark.statistics.sequential.OnsetEvidence;
import io.tidemark.statistics.sequential.OnsetMixtureEProcess;
import java.util.Arrays;

/** {@link RateEvidence} for a limit that differs from pane to pane, such as what is usual at the time of day. */
final class VaryingRateEvidence {

    private static final double[] RATIOS = {1.5, 2, 3, 5, 10};
    private static final double HIGHEST_RATE = 0.95;
    private static final OnsetMixtureEProcess PROCESS = new OnsetMixtureEProcess(RateEvidence.EPOCH_PANES, RATIOS);

    private OnsetEvidence evidence = PROCESS.start();

    /** Takes a pane; an epoch that has run its day makes room for the next. */
    void add(double limit, BinomialCounts pane) {
        if (evidence.panes() >= RateEvidence.EPOCH_PANES) {
            clear();
        }
        double[] rates = Arrays.stream(RATIOS)
                .map(ratio -> Math.min(HIGHEST_RATE, ratio * limit))
                .toArray();
        evidence = PROCESS.close(evidence, new BernoulliAlternatives(limit, rates).ratios(pane));
    }

    void clear() {
        evidence = PROCESS.start();
    }

    double logEvidence() {
        return PROCESS.logEvidence(evidence);
    }

    void write(ByteWriter writer) {
        RateEvidence.write(evidence, writer);
    }

    void read(ByteReader reader) {
        evidence = RateEvidence.read(RATIOS.length, reader);
    }
}
