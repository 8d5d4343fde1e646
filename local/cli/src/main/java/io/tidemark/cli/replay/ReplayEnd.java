package io.tidemark.cli.replay;

import io.tidemark.cli.CommandFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Waits until every stage has passed the end markers, and names the stage that has not when nothing moves any more. */
final class ReplayEnd {

    private static final Duration WAIT = Duration.ofMillis(200);

    private final ProgressReader job;
    private final SinkProgress sink;
    private final AlertsEnd alerts;
    private final Map<Integer, Long> markers;
    private final Duration timeout;
    private final Clock clock;
    private String pending = "the windows job";
    private Instant movedAt;
    private String lastState = "";
    private long stored;

    /**
     * Nothing is read before the first wait.
     *
     * @param markers offset of the end marker of each partition
     * @param timeout how long nothing may move
     */
    ReplayEnd(
            ProgressReader job,
            SinkProgress sink,
            AlertsEnd alerts,
            Map<Integer, Long> markers,
            Duration timeout,
            Clock clock) {
        this.alerts = alerts;
        this.job = job;
        this.sink = sink;
        this.markers = markers;
        this.timeout = timeout;
        this.clock = clock;
        this.movedAt = clock.instant();
    }

    /**
     * Looks once.
     *
     * @return whether every stage is done
     * @throws CommandFailure when nothing has moved for longer than the timeout
     */
    boolean isReached() {
        JobProgress progress = job.poll(WAIT);
        Optional<String> stage = unfinishedStage(progress);
        if (stage.isEmpty()) {
            return true;
        }
        pending = stage.get();
        requireMovement(progress);
        return false;
    }

    /** Traces that the sink has stored, as far as is known. */
    long stored() {
        return stored;
    }

    private Optional<String> unfinishedStage(JobProgress progress) {
        List<Integer> unread = progress.missing(markers.keySet());
        if (!unread.isEmpty()) {
            return Optional.of(
                    "the windows job has not read partitions %s of the traces to their end markers".formatted(unread));
        }
        if (!progress.windowsAreDone()) {
            return Optional.of("the windows job has not emitted its last windows");
        }
        if (!progress.decisionsAreDone()) {
            return Optional.of("the canary job has not taken its last decision");
        }
        if (!progress.rulesAreDone()) {
            return Optional.of("the rules job has not judged the last panes");
        }
        if (!progress.driftIsDone()) {
            return Optional.of("the drift job has not decided on the last windows");
        }
        Optional<String> rows = unfinishedSink();
        if (rows.isPresent()) {
            return rows;
        }
        return progress.alertsAreDone(alerts.end())
                ? unfinishedSink()
                : Optional.of("the alert lifecycle has not passed its end markers");
    }

    /** A broker that is away for a moment is no reason to give up: the timeout decides. */
    private Optional<String> unfinishedSink() {
        try {
            long traces = sink.tracesBehind(markers);
            if (traces > 0) {
                return Optional.of("the sink has not stored %,d traces".formatted(traces));
            }
            List<TopicPartition> behind = sink.resultsBehind();
            return behind.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the sink has not stored all rows of %s".formatted(behind));
        } catch (CommandFailure | KafkaException e) {
            return Optional.of("Kafka does not say how far the sink is (%s)".formatted(e.getMessage()));
        }
    }

    private void requireMovement(JobProgress progress) {
        String state = progress.size() + pending + storedSoFar();
        Instant now = clock.instant();
        if (!state.equals(lastState)) {
            lastState = state;
            movedAt = now;
        } else if (Duration.between(movedAt, now).compareTo(timeout) > 0) {
            throw new CommandFailure(
                    "the replay did not end: for %d s nothing moved, and %s; the logs in the data directory say why"
                            .formatted(timeout.toSeconds(), pending));
        }
    }

    private String storedSoFar() {
        try {
            Map<Integer, Long> offsets = sink.storedTraces();
            stored = offsets.values().stream().mapToLong(Long::longValue).sum();
            return offsets.toString();
        } catch (CommandFailure e) {
            return "";
        }
    }
}
