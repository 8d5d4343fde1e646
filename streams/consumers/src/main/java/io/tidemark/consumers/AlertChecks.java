package io.tidemark.consumers;

import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import java.util.Optional;

/** What must hold of an alert before its decision is looked at. */
final class AlertChecks {

    private AlertChecks() {}

    /**
     * Why an alert must not be followed.
     *
     * @param newest newest state of the same alert that has arrived with it
     */
    static Optional<String> refusal(Alert alert, AlertState newest) {
        if (!AlertIds.isGenuine(alert)) {
            return Optional.of("forged: the alert's id does not follow from its rule, slice and onset");
        }
        return newest == AlertState.FIRING
                ? Optional.empty()
                : Optional.of("over: the alert is %s by now".formatted(newest));
    }
}
