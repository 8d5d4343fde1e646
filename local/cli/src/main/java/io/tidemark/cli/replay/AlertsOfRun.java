package io.tidemark.cli.replay;

import io.tidemark.cli.alert.AlertView;
import io.tidemark.cli.alert.AvroTail;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alerts of a run, each in its last state. */
final class AlertsOfRun {

    private final StackEndpoints endpoints;
    private final String run;

    AlertsOfRun(StackEndpoints endpoints, String run) {
        this.endpoints = endpoints;
        this.run = run;
    }

    /** Those that fired; what only was pending is nobody's business. */
    List<AlertView> fired() {
        Map<String, Alert> last = new LinkedHashMap<>();
        try (AvroTail<Alert> events = new AvroTail<>(endpoints, TopicCatalogue.ALERTS.nameInRun(run), Alert.class)) {
            events.readToEnd().forEach(alert -> last.put(alert.getAlertId(), alert));
        }
        return last.values().stream()
                .filter(alert -> alert.getFiredTime() != null)
                .sorted(Comparator.comparing(Alert::getFiredTime).thenComparing(Alert::getAlertId))
                .map(AlertView::of)
                .toList();
    }
}
