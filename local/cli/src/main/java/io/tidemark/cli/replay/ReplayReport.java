package io.tidemark.cli.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.alert.AlertView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of a file.
 *
 * @param sent traces written to Kafka
 * @param accepted traces that count in windows
 * @param rejected lines that are no trace, and traces refused by the admission rule
 * @param late traces that came after their windows were final
 * @param duplicates traces whose inference had been seen in this run
 * @param stored traces of this file that ClickHouse holds
 * @param windows distinct pairs of slice and window
 * @param firstEventTime earliest event time, ISO 8601; null without traces
 * @param lastEventTime latest event time, ISO 8601; null without traces
 * @param wallSeconds seconds from the first trace sent until everything was stored
 * @param eventsPerSecond traces sent in each of these seconds
 * @param alerts alerts that fired, in the order of their firing
 * @param decisions decisions about rollouts, in the order of their event time; each once
 * @param drift drift tests, in the order of their windows; each once
 */
public record ReplayReport(
        long sent,
        long accepted,
        long rejected,
        long late,
        long duplicates,
        long stored,
        long windows,
        @JsonProperty("first_event_time") String firstEventTime,
        @JsonProperty("last_event_time") String lastEventTime,
        @JsonProperty("wall_seconds") double wallSeconds,
        @JsonProperty("events_per_second") double eventsPerSecond,
        List<AlertView> alerts,
        List<DecisionView> decisions,
        List<DriftView> drift) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    String json() throws IOException {
        return JSON.writeValueAsString(this);
    }

    void write(Path file) {
        try {
            Files.writeString(file, json() + "\n");
        } catch (IOException e) {
            throw new CommandFailure("the report '%s' cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The figures for people, one a line. */
    public List<String> lines() {
        return List.of(
                "sent        %,d".formatted(sent),
                "accepted    %,d".formatted(accepted),
                "rejected    %,d".formatted(rejected),
                "late        %,d".formatted(late),
                "duplicates  %,d".formatted(duplicates),
                "stored      %,d".formatted(stored),
                "windows     %,d".formatted(windows),
                "event time  %s to %s".formatted(firstEventTime, lastEventTime),
                "took        %.1f s, %,.0f traces/s".formatted(wallSeconds, eventsPerSecond),
                "alerts      %,d".formatted(alerts.size()),
                "decisions   %,d".formatted(decisions.size()),
                "drift       %,d tests, %,d signals"
                        .formatted(
                                drift.size(),
                                drift.stream().filter(DriftView::signal).count()));
    }
}
