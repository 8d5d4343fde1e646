package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.count;
import static io.tidemark.statistics.error.InputChecks.sameLength;

import java.util.Objects;

/**
 * State of {@link OnsetMixtureEProcess} over a run of panes.
 *
 * @param panes panes seen, at least 0
 * @param steady for each alternative, logarithm of the evidence that it held from the first pane of the run
 * @param onset for each alternative, logarithm of the weighted evidence that it began at some pane of the run
 */
public record OnsetEvidence(long panes, LogRatios steady, LogRatios onset) {

    public OnsetEvidence {
        count("panes", panes);
        Objects.requireNonNull(steady, "steady is null");
        Objects.requireNonNull(onset, "onset is null");
        sameLength("steady", steady.size(), "onset", onset.size());
    }
}
