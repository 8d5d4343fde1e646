package io.tidemark.consumers.recovery;

import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Watches what was done until it has helped, or people must be called. Reads the windows only while there is something to watch. */
public final class RecoveryWatch implements AutoCloseable {

    private static final Duration LOOK_BACK = Duration.ofMinutes(5);
    private static final int MOST_BATCHES = 4;

    private final KafkaClientSettings kafka;
    private final SchemaRegistry registry;
    private final RecoverySettings settings;
    private final Clock clock;
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private TopicReader<WindowRow> windows;

    /**
     * How a watch ended.
     *
     * @param done record of what was done
     * @param phase VERIFIED or ESCALATED
     * @param recoverMillis event time from the onset to the first good minute; null when there was none
     */
    public record Outcome(Action done, ActionPhase phase, String reason, Long recoverMillis) {}

    public RecoveryWatch(KafkaClientSettings kafka, SchemaRegistry registry, RecoverySettings settings, Clock clock) {
        this.kafka = kafka;
        this.registry = registry;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Looks once.
     *
     * @param watched records of everything that is to be watched now
     * @return what has ended
     */
    public List<Outcome> look(List<Action> watched) {
        follow(watched);
        if (incidents.isEmpty()) {
            return List.of();
        }
        readWindows();
        List<Outcome> outcomes = new ArrayList<>();
        incidents.values().forEach(incident -> outcome(incident).ifPresent(outcomes::add));
        return outcomes;
    }

    /** As many rows as there are, up to a bound: the consumer has other things to do as well. */
    private void readWindows() {
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            List<TopicReader.Timed<WindowRow>> rows = windows.poll(Duration.ZERO);
            rows.forEach(row -> incidents.values().forEach(incident -> incident.take(row.value())));
            if (rows.isEmpty()) {
                return;
            }
        }
    }

    private void follow(List<Action> watched) {
        incidents.keySet().retainAll(watched.stream().map(Action::getDecisionId).toList());
        List<Action> fresh = watched.stream()
                .filter(each -> !incidents.containsKey(each.getDecisionId()))
                .toList();
        List<Incident> begun =
                fresh.stream().map(each -> new Incident(each, settings)).toList();
        begun.forEach(each -> incidents.put(each.done().getDecisionId(), each));
        if (incidents.isEmpty()) {
            close();
        } else if (windows == null) {
            windows = new TopicReader<>(kafka, registry, TopicCatalogue.WINDOWS.name(), WindowRow.class);
            windows.seek(earliest());
        } else if (begun.stream().anyMatch(Incident::needsHistory)) {
            windows.seek(earliest());
        }
    }

    /**
     * Where to begin: where it was done, as the minutes that count end later; where it must be known what was normal, some
     * minutes before. To read a row again changes nothing.
     */
    private Instant earliest() {
        return incidents.values().stream()
                .map(each -> each.needsHistory()
                        ? each.done().getRecordedTime().minus(LOOK_BACK)
                        : each.done().getRecordedTime())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private Optional<Outcome> outcome(Incident incident) {
        Optional<Instant> recovered = incident.recoveredAt();
        if (recovered.isPresent()) {
            Instant onset = incident.done().getOnsetTime();
            Long millis = onset == null
                    ? null
                    : Duration.between(onset, recovered.get()).toMillis();
            return Optional.of(new Outcome(
                    incident.done(),
                    ActionPhase.VERIFIED,
                    "back to normal by %s: %s".formatted(recovered.get(), incident.seen()),
                    millis));
        }
        return incident.isOverdue(clock.instant())
                ? Optional.of(new Outcome(
                        incident.done(),
                        ActionPhase.ESCALATED,
                        "not back to normal within %d min: %s"
                                .formatted(settings.within().toMinutes(), incident.seen()),
                        null))
                : Optional.empty();
    }

    @Override
    public void close() {
        if (windows != null) {
            windows.close();
            windows = null;
        }
    }
}
