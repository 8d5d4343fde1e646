package io.tidemark.jobs.canary;

import java.io.Serializable;
import java.time.Duration;

/**
 * How rollouts are judged, whatever the release.
 *
 * @param plannedDuration length of a rollout for which the evidence is staked; later panes still count
 * @param reportInterval how often a rollout that is held says where it stands
 * @param verdictExpiry how long after the deciding pane a consumer may act on a rollback
 */
public record CanaryRules(Duration plannedDuration, Duration reportInterval, Duration verdictExpiry)
        implements Serializable {

    private static final long PANE_MILLIS = io.tidemark.jobs.source.TraceSource.PANE_MILLIS;

    /** The rules of Tidemark unless it is told otherwise. */
    public static CanaryRules standard() {
        return new CanaryRules(Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofMinutes(15));
    }

    long plannedPanes() {
        return Math.max(1, plannedDuration.toMillis() / PANE_MILLIS);
    }

    long reportMillis() {
        return reportInterval.toMillis();
    }
}
