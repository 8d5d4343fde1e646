package io.tidemark.sink.table;

import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Baseline;
import io.tidemark.contracts.avro.Drift;
import io.tidemark.contracts.avro.LooseSpan;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.QualityRow;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** The one list of what is stored: a topic, its table, and how its contract becomes columns. */
@SuppressWarnings("ImmutableEnumChecker") // schemas are immutable once they are parsed
public enum StoredTopic {
    TRACES(TopicCatalogue.TRACES, "traces_store", Trace.getClassSchema(), traceRules(Set.of())),
    LATE_TRACES(
            TopicCatalogue.LATE,
            "late_traces_store",
            Trace.getClassSchema(),
            traceRules(Set.of("inference_id", "event_time", "tenant", "version", "role", "intent", "trace_id"))),
    LOOSE_SPANS(
            TopicCatalogue.LOOSE_SPANS,
            "loose_spans_store",
            LooseSpan.getClassSchema(),
            new MappingRules(
                    Map.of("version", "", "span", ""), Names.dimensionsAnd("name"), Set.of(), Set.of(), Set.of())),
    WINDOWS(
            TopicCatalogue.WINDOWS,
            "windows_store",
            WindowRow.getClassSchema(),
            new MappingRules(
                    Map.of("version", ""),
                    Names.dimensionsAnd("slice_level", "grid"),
                    Names.DIMENSIONS,
                    Set.of(),
                    Set.of())),
    OUTCOMES(
            TopicCatalogue.OUTCOMES,
            "outcomes_store",
            Outcome.getClassSchema(),
            new MappingRules(
                    Map.of("version", ""),
                    Set.of("tenant", "name", "label", "judge_name", "judge_version", "intent"),
                    Set.of(),
                    Set.of(),
                    Set.of())),
    QUALITY(
            TopicCatalogue.QUALITY,
            "quality_store",
            QualityRow.getClassSchema(),
            new MappingRules(
                    Map.of("version", ""),
                    Names.dimensionsAnd("slice_level", "group_name", "group_value", "measure", "category", "unit"),
                    Names.dimensionsAnd("group_name", "group_value"),
                    Set.of(),
                    Set.of())),
    REVIEWS(
            TopicCatalogue.REVIEWS,
            "reviews_store",
            Review.getClassSchema(),
            new MappingRules(
                    Map.of("slice", "", "slice.version", ""),
                    Names.dimensionsAnd("slice_level", "reason", "source"),
                    Names.DIMENSIONS,
                    Set.of(),
                    Set.of("slice.tenant"))),
    RELEASES(
            TopicCatalogue.RELEASES,
            "releases_store",
            Release.getClassSchema(),
            new MappingRules(
                    Map.of(
                            "rollout", "",
                            "rollout.candidate", "candidate_",
                            "rollout.control", "control_",
                            "change", "change_"),
                    Set.of("tenant", "actor", "preset"),
                    Set.of(),
                    Set.of(),
                    Set.of())),
    VERDICTS(
            TopicCatalogue.VERDICTS,
            "verdicts_store",
            Verdict.getClassSchema(),
            new MappingRules(
                    Map.of("guardrails.evidence", "guardrails."),
                    Set.of("release_id", "tenant", "attribution", "target_adapter"),
                    Set.of(),
                    Set.of(),
                    Set.of(
                            "guardrails.evidence.measure",
                            "guardrails.evidence.p_value",
                            "guardrails.evidence.q_value",
                            "guardrails.evidence.n",
                            "guardrails.evidence.windows",
                            "guardrails.evidence.exemplar_trace_ids"))),
    DRIFT(
            TopicCatalogue.DRIFT,
            "drift_store",
            Drift.getClassSchema(),
            new MappingRules(
                    Map.of("slice", "", "slice.version", ""),
                    Names.dimensionsAnd("slice_level", "measure", "baseline_id", "effect_name", "backend_id"),
                    Names.dimensionsAnd("baseline_id"),
                    Set.of(),
                    Set.of())),
    BASELINES(
            TopicCatalogue.BASELINES,
            "baselines_store",
            Baseline.getClassSchema(),
            new MappingRules(
                    Map.of(),
                    Set.of("tenant"),
                    Set.of("tenant"),
                    Set.of(
                            "baseline_id",
                            "state",
                            "source",
                            "source_text",
                            "tenant",
                            "from_time",
                            "to_time",
                            "created_time",
                            "trained_time",
                            "actor",
                            "n"),
                    Set.of())),
    ALERTS(
            TopicCatalogue.ALERTS,
            "alerts_store",
            Alert.getClassSchema(),
            new MappingRules(
                    Map.of("slice", "", "slice.version", ""),
                    Names.dimensionsAnd(
                            "rule_id", "slice_level", "attribution", "action", "runbook", "kind", "target_adapter"),
                    Names.DIMENSIONS,
                    Set.of(),
                    Set.of())),
    SILENCES(
            TopicCatalogue.SILENCES,
            "silences_store",
            Silence.getClassSchema(),
            new MappingRules(Map.of(), Set.of("tenant"), Set.of("tenant"), Set.of(), Set.of())),
    ACTIONS(
            TopicCatalogue.ACTIONS,
            "actions_store",
            Action.getClassSchema(),
            new MappingRules(
                    Map.of(), Set.of("tenant", "kind", "adapter", "target", "actor"), Set.of(), Set.of(), Set.of()));

    private final Topic topic;
    private final String table;
    private final Schema contract;
    private final MappingRules rules;

    StoredTopic(Topic topic, String table, Schema contract, MappingRules rules) {
        this.topic = topic;
        this.table = table;
        this.contract = contract;
        this.rules = rules;
    }

    /** Topic that is read. */
    public Topic topic() {
        return topic;
    }

    /** Table that is written, without its database. */
    public String table() {
        return table;
    }

    /** Dead-letter topic of refused records; a late trace was a trace first. */
    public String deadLetterTopic() {
        return this == LATE_TRACES ? TRACES.topic.deadLetterName() : topic.deadLetterName();
    }

    /** Whether records are traces, to which the shared admission rule applies. */
    public boolean holdsTraces() {
        return this == TRACES || this == LATE_TRACES;
    }

    /** Fresh columns for a batch. */
    public TableLayout layout() {
        return new TableLayout(contract, rules);
    }

    /** Every stored topic. */
    public static List<StoredTopic> all() {
        return List.of(values());
    }

    private static MappingRules traceRules(Set<String> kept) {
        return new MappingRules(
                Map.of("version", "", "resources", ""),
                Names.dimensionsAnd("error_class", "finish_reason", "fallback_from", "prediction", "spans.name"),
                Set.of(),
                kept,
                Set.of());
    }
}
