package io.tidemark.jobs.drift;

import io.tidemark.platform.config.ConfigurationException;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a drift test counts.
 *
 * @param falseDiscoveryRate share of false discoveries that is allowed among the discoveries of one tick
 * @param falseAlarmDays share of days without drift that may have an alarm: windows of an hour and longer share it evenly,
 *     so that an hour gets a 24th of it
 * @param previousWindowSignalsFrom shortest window whose move against the window before it signals: shorter ones follow
 *     the time of day
 */
public record DriftPolicy(double falseDiscoveryRate, double falseAlarmDays, Duration previousWindowSignalsFrom)
        implements Serializable {

    private static final double SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_HOUR = 3_600;

    public DriftPolicy {
        requireShare("drift.false-discovery-rate", falseDiscoveryRate);
        requireShare("drift.false-alarm-days", falseAlarmDays);
    }

    private static void requireShare(String key, double value) {
        if (!(value > 0 && value < 1)) {
            throw new ConfigurationException("%s = '%s' must lie in (0, 1)".formatted(key, value));
        }
    }

    /** Adjusted p-value up to which a test of a window counts. Windows of minutes are for replays, which have no days. */
    double level(int windowSeconds) {
        return windowSeconds < SECONDS_PER_HOUR
                ? falseDiscoveryRate
                : Math.min(falseDiscoveryRate, falseAlarmDays * windowSeconds / SECONDS_PER_DAY);
    }

    /** Whether a move of this test may signal at all. */
    boolean maySignal(DriftTest test) {
        return !test.isAgainstPreviousWindow() || test.windowSeconds() >= previousWindowSignalsFrom.toSeconds();
    }
}
