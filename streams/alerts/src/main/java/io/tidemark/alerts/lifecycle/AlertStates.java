package io.tidemark.alerts.lifecycle;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;

/** Groups of states. */
public final class AlertStates {

    private AlertStates() {}

    /** Whether the episode goes on. */
    public static boolean isOpen(Alert alert) {
        return switch (alert.getState()) {
            case PENDING, FIRING, SUPPRESSED -> true;
            case RESOLVED, EXPIRED, UNKNOWN -> false;
        };
    }

    /** Whether it has fired and goes on, heard or not. */
    static boolean isLit(Alert alert) {
        return alert.getState() == AlertState.FIRING || alert.getState() == AlertState.SUPPRESSED;
    }
}
