package io.tidemark.contracts.topic;

import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Baseline;
import io.tidemark.contracts.avro.Command;
import io.tidemark.contracts.avro.Drift;
import io.tidemark.contracts.avro.LooseSpan;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.QualityRow;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.Rule;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.Topic.Cleanup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The one list of the platform's topics. Every topic is created with {@code message.timestamp.type=LogAppendTime}. */
public final class TopicCatalogue {

    /** One record per finished inference. */
    public static final Topic TRACES =
            avro("tidemark.traces.v1", "tenant and trace id", 12, Duration.ofDays(7), Trace.getClassSchema());

    /** Spans that the gateway took, not yet joined to traces. */
    public static final Topic SPANS =
            avro("tidemark.spans.v1", "tenant and trace id", 12, Duration.ofDays(2), SpanBatch.getClassSchema());

    /** Spans that belong to no inference. */
    public static final Topic LOOSE_SPANS =
            avro("tidemark.loosespans.v1", "tenant and trace id", 6, Duration.ofDays(7), LooseSpan.getClassSchema());

    /** Feedback, labels and judge scores. */
    public static final Topic OUTCOMES =
            avro("tidemark.outcomes.v1", "tenant and trace id", 6, Duration.ofDays(14), Outcome.getClassSchema());

    /** Rollouts and other changes. */
    public static final Topic RELEASES =
            avro("tidemark.releases.v1", "tenant", 1, Duration.ofDays(365), Release.getClassSchema());

    /** Measures of slices in windows. */
    public static final Topic WINDOWS =
            avro("tidemark.windows.v1", "slice and window", 6, Duration.ofDays(7), WindowRow.getClassSchema());

    /** Measures of quality, by day of the inference and age of the labels, with every restatement. */
    public static final Topic QUALITY =
            avro("tidemark.quality.v1", "slice", 6, Duration.ofDays(30), QualityRow.getClassSchema());

    /** Traces that a person should look at, and why: proposals, from which quotas choose. */
    public static final Topic REVIEWS =
            avro("tidemark.reviews.v1", "tenant and trace id", 3, Duration.ofDays(30), Review.getClassSchema());

    /** What the canary job found about rollouts. */
    public static final Topic VERDICTS =
            avro("tidemark.verdicts.v1", "release id", 3, Duration.ofDays(90), Verdict.getClassSchema());

    /** Drift tests of features, outputs, embeddings and the quality of data. */
    public static final Topic DRIFT =
            avro("tidemark.drift.v1", "measure and slice", 6, Duration.ofDays(90), Drift.getClassSchema());

    /** Frozen profiles that drift is measured from; a control topic that every reader reads from its beginning. */
    public static final Topic BASELINES =
            control("tidemark.baselines.v1", "baseline id, or baseline id and slice", Baseline.getClassSchema());

    /** Breaches of rules and detectors, after false-discovery control. */
    public static final Topic SIGNALS =
            avro("tidemark.signals.v1", "rule and slice", 6, Duration.ofDays(30), Signal.getClassSchema());

    /** Alert rules; a control topic that every reader reads from its beginning. */
    public static final Topic RULES = control("tidemark.rules.v1", "rule id", Rule.getClassSchema());

    /** JSON records for autoscalers and load balancers: signals that are no alerts. */
    public static final Topic AUTOSCALING = raw("tidemark.autoscaling.v1", "rule and slice", 1, Duration.ofDays(7));

    /** Alert states. */
    public static final Topic ALERTS =
            avro("tidemark.alerts.v1", "alert id", 3, Duration.ofDays(90), Alert.getClassSchema());

    /** Alerts as they stand: the last state of each, compacted by alert id. */
    public static final Topic ALERT_STATES = control("tidemark.alertstates.v1", "alert id", Alert.getClassSchema());

    /** Silences, maintenance windows and acknowledgements. */
    public static final Topic SILENCES = control("tidemark.silences.v1", "silence id", Silence.getClassSchema());

    /** Signed words of people to the consumers that act. */
    public static final Topic COMMANDS =
            control("tidemark.commands.v1", "decision id, or halt", Command.getClassSchema());

    /** Audit of what consumers did. */
    public static final Topic ACTIONS =
            avro("tidemark.actions.v1", "decision id", 1, Duration.ofDays(365), Action.getClassSchema());

    /** Traces that came after their windows were final: the original bytes. */
    public static final Topic LATE = raw("tidemark.late.v1", "key of the trace", 3, Duration.ofDays(7));

    /** JSON records by which a job says how far it has come; an end marker has passed when its record is here. */
    public static final Topic PROGRESS = raw("tidemark.progress.v1", "stage and partition", 1, Duration.ofDays(7));

    private TopicCatalogue() {}

    /** Every topic, without dead-letter topics. */
    public static List<Topic> all() {
        return List.of(
                TRACES,
                SPANS,
                LOOSE_SPANS,
                OUTCOMES,
                RELEASES,
                WINDOWS,
                QUALITY,
                REVIEWS,
                VERDICTS,
                DRIFT,
                BASELINES,
                SIGNALS,
                RULES,
                AUTOSCALING,
                ALERTS,
                ALERT_STATES,
                SILENCES,
                COMMANDS,
                ACTIONS,
                LATE,
                PROGRESS);
    }

    /** The topics whose records have an Avro schema. */
    public static List<Topic> withSchema() {
        return all().stream().filter(topic -> topic.schema().isPresent()).toList();
    }

    /** Dead-letter topics, one for each topic with a schema: same retention as the source, whose data they hold. */
    public static List<Topic> deadLetters() {
        List<Topic> topics = new ArrayList<>();
        for (Topic source : withSchema()) {
            topics.add(raw(source.deadLetterName(), "key of the refused record", 1, source.retention()));
        }
        return List.copyOf(topics);
    }

    private static Topic avro(String name, String key, int partitions, Duration retention, Schema schema) {
        return new Topic(name, key, partitions, retention, Cleanup.DELETE, Optional.of(schema));
    }

    private static Topic control(String name, String key, Schema schema) {
        return new Topic(name, key, 1, Duration.ofDays(3_650), Cleanup.COMPACT, Optional.of(schema));
    }

    private static Topic raw(String name, String key, int partitions, Duration retention) {
        return new Topic(name, key, partitions, retention, Cleanup.DELETE, Optional.empty());
    }
}
