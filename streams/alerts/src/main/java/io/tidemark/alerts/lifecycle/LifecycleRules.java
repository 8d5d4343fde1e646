package io.tidemark.alerts.lifecycle;

import java.time.Duration;

/**
 * Settings of the lifecycle; all durations are event time.
 *
 * @param noData what a signal without data means
 * @param remindAfter how often people are told again of an alert that fires and that nobody has acknowledged
 * @param expireAfter how long an alert lives without a signal: rules repeat theirs every minute, so silence means that nobody
 *     knows any more
 * @param keepClosed how long a closed alert is remembered
 * @param mostOpenPerRule alerts of one rule that may be open at once in one partition; further ones are counted in one alert
 */
public record LifecycleRules(
        NoDataMode noData, Duration remindAfter, Duration expireAfter, Duration keepClosed, int mostOpenPerRule) {

    private static final int DEFAULT_MOST_OPEN = 500;

    /** The defaults. */
    public static LifecycleRules defaults() {
        return new LifecycleRules(
                NoDataMode.KEEP, Duration.ofHours(4), Duration.ofMinutes(10), Duration.ofDays(1), DEFAULT_MOST_OPEN);
    }
}
