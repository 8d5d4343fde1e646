package io.tidemark.alerts.lifecycle;

import io.tidemark.contracts.avro.Alert;
import java.util.Optional;

/**
 * What becomes of an alert.
 *
 * @param alert the alert as it is from now on; empty when there is none, or it is forgotten
 * @param isEvent whether others are told
 */
public record Transition(Optional<Alert> alert, boolean isEvent) {

    static Transition none() {
        return new Transition(Optional.empty(), false);
    }

    static Transition quiet(Alert alert) {
        return new Transition(Optional.of(alert), false);
    }

    static Transition event(Alert alert, String reason) {
        alert.setSequence(alert.getSequence() + 1);
        alert.setReason(reason);
        return new Transition(Optional.of(alert), true);
    }
}
