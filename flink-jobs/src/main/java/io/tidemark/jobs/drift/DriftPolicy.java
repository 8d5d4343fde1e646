package io.tidemark.jobs.drift;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a drift test counts.
 *
 * @param falseDiscoveryRate share of false discoveries that is allowed among the discoveries of one tick and kind
 * @param previousWindowSignalsFrom shortest window whose move against the window before it signals: shorter ones follow
 *     the time of day
 */
public record DriftPolicy(double falseDiscoveryRate, Duration previousWindowSignalsFrom) implements Serializable {

    public DriftPolicy {
        if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) {
            throw new IllegalArgumentException(
                    "drift.false-discovery-rate = '%s' must lie in (0, 1)".formatted(falseDiscoveryRate));
        }
    }

    /** Whether a move of this test may signal at all. */
    boolean maySignal(DriftTest test) {
        return !test.isAgainstPreviousWindow() || test.windowSeconds() >= previousWindowSignalsFrom.toSeconds();
    }
}
