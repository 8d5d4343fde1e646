package io.tidemark.cli.demo;

import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Reads along on the topics what becomes of one release. */
final class StoryWatch implements AutoCloseable {

    private static final Duration WAIT = Duration.ofMillis(20);
    private static final Set<ActionPhase> LAST =
            EnumSet.of(ActionPhase.VERIFIED, ActionPhase.ESCALATED, ActionPhase.REFUSED, ActionPhase.FAILED);

    private final String release;
    private final TopicReader<WindowRow> windowReader;
    private final TopicReader<Verdict> verdictReader;
    private final TopicReader<Alert> alertReader;
    private final TopicReader<Action> actionReader;
    private final List<TopicReader.Timed<Verdict>> verdicts = new ArrayList<>();
    private final List<TopicReader.Timed<Alert>> alerts = new ArrayList<>();
    private final List<TopicReader.Timed<Action>> actions = new ArrayList<>();
    private boolean hasWindows;

    StoryWatch(StackEndpoints endpoints, String release) {
        this.release = release;
        windowReader = reader(endpoints, TopicCatalogue.WINDOWS, WindowRow.class);
        verdictReader = reader(endpoints, TopicCatalogue.VERDICTS, Verdict.class);
        alertReader = reader(endpoints, TopicCatalogue.ALERTS, Alert.class);
        actionReader = reader(endpoints, TopicCatalogue.ACTIONS, Action.class);
    }

    private static <T extends SpecificRecord> TopicReader<T> reader(
            StackEndpoints endpoints, Topic topic, Class<T> type) {
        return new TopicReader<>(endpoints.kafka(), endpoints.newRegistryClient(), topic.name(), type);
    }

    /** Takes in what has come; waits a moment for more. */
    void look() {
        hasWindows = hasWindows || !windowReader.poll(Duration.ZERO).isEmpty();
        add(verdictReader, verdicts, each -> each.getReleaseId().equals(release));
        add(alertReader, alerts, each -> release.equals(each.getReleaseId()));
        add(actionReader, actions, each -> release.equals(each.getReleaseId()));
    }

    private static <T extends SpecificRecord> void add(
            TopicReader<T> reader, List<TopicReader.Timed<T>> found, Predicate<T> wanted) {
        reader.poll(WAIT).stream().filter(each -> wanted.test(each.value())).forEach(found::add);
    }

    /** Whether both jobs have answered to traffic. */
    boolean areJobsAtWork() {
        return hasWindows && !verdicts.isEmpty();
    }

    Optional<TopicReader.Timed<Verdict>> rollback() {
        return first(verdicts, each -> each.getVerdict() == VerdictKind.ROLLBACK);
    }

    Optional<TopicReader.Timed<Alert>> firing() {
        return first(alerts, each -> each.getState() == AlertState.FIRING);
    }

    Optional<TopicReader.Timed<Action>> done() {
        return first(actions, each -> each.getPhase() == ActionPhase.DONE);
    }

    /** The record after which nothing more is done about the decision. */
    Optional<TopicReader.Timed<Action>> end() {
        return first(actions, each -> LAST.contains(each.getPhase()));
    }

    private static <T> Optional<TopicReader.Timed<T>> first(List<TopicReader.Timed<T>> records, Predicate<T> wanted) {
        return records.stream().filter(each -> wanted.test(each.value())).findFirst();
    }

    /** What is waited for next, for people. */
    String missing() {
        if (!areJobsAtWork()) {
            return "the first verdict and the first window";
        }
        if (rollback().isEmpty()) {
            return "the verdict";
        }
        if (firing().isEmpty()) {
            return "the alert";
        }
        return done().isEmpty() ? "the rollback consumer" : "the recovery";
    }

    @Override
    public void close() {
        windowReader.close();
        verdictReader.close();
        alertReader.close();
        actionReader.close();
    }
}
