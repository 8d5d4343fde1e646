package io.tidemark.consumers.recovery;

import java.time.Duration;

/**
 * When an action has helped.
 *
 * @param within event time after the action within which it must have helped, else people are called
 * @param goodMinutes good minutes in a row that prove it
 * @param excessLeft share of the worsening that may be left in a good minute, in [0, 1]
 */
public record RecoverySettings(Duration within, int goodMinutes, double excessLeft) {

    private static final int DEFAULT_GOOD_MINUTES = 3;
    private static final double DEFAULT_EXCESS_LEFT = 0.25;

    /** The defaults: within 30 minutes, three good minutes, a quarter of the worsening. */
    public static RecoverySettings defaults() {
        return new RecoverySettings(Duration.ofMinutes(30), DEFAULT_GOOD_MINUTES, DEFAULT_EXCESS_LEFT);
    }
}
