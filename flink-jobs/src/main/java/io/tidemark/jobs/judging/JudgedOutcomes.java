package io.tidemark.jobs.judging;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.outcome.OutcomeCatalogue;
import io.tidemark.contracts.outcome.OutcomeIds;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.judging.judge.Score;
import io.tidemark.jobs.quality.join.OutcomeChecks;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.registry.AvroSerializer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Writes what a judge said as outcomes: one for each score, whether it came to a score at all, and what that cost. An
 * outcome's event time is that of its inference: so it has the same id when the judge is asked again after a failure.
 */
final class JudgedOutcomes extends RichFlatMapFunction<Judged, OutputRecord> {

    private static final long serialVersionUID = 1L;
    private static final double NANO_USD = 1e-9;

    /** Attribute that says why there is no score. */
    static final String REASON_ATTRIBUTE = "unjudged";

    private final RegistryFactory registry;
    private final String topic;
    private transient AvroSerializer<Outcome> serializer;

    JudgedOutcomes(RegistryFactory registry, String run) {
        this.registry = registry;
        this.topic = TopicCatalogue.OUTCOMES.nameInRun(run);
    }

    @Override
    public void open(OpenContext context) {
        serializer = new AvroSerializer<>(registry.connect(), TopicCatalogue.OUTCOMES);
    }

    @Override
    public void flatMap(Judged judged, Collector<OutputRecord> output) {
        byte[] key = InferenceIds.kafkaKey(judged.task().tenant(), judged.task().traceId());
        for (Outcome outcome : outcomes(judged)) {
            output.collect(OutputRecord.of(topic, key, serializer.serialize(topic, outcome)));
        }
    }

    static List<Outcome> outcomes(Judged judged) {
        List<Outcome> outcomes = new ArrayList<>();
        Long cost = judged.costNanoUsd() < 0 ? null : judged.costNanoUsd();
        for (Score score : judged.scores()) {
            Outcome outcome =
                    outcome(judged, score.name(), score.value(), judged.task().textWeight());
            outcome.setExplanation(score.explanation().isEmpty() ? null : score.explanation());
            outcomes.add(outcome);
        }
        boolean isJudged = judged.unjudged().isEmpty();
        Outcome whether = outcome(
                judged, OutcomeCatalogue.JUDGED, isJudged ? 1 : 0, judged.task().weight());
        whether.setCostNanoUsd(cost);
        if (!isJudged) {
            Map<String, String> attributes = new HashMap<>(whether.getAttributes());
            attributes.put(REASON_ATTRIBUTE, judged.unjudged());
            whether.setAttributes(attributes);
        }
        outcomes.add(whether);
        if (cost != null && cost > 0) {
            // a judgement is paid for once, whatever its inference stands for
            outcomes.add(outcome(judged, OutcomeCatalogue.JUDGE_COST, cost * NANO_USD, 1));
        }
        return outcomes;
    }

    private static Outcome outcome(Judged judged, String name, double value, double weight) {
        JudgeTask task = judged.task();
        Instant inferred = Instant.EPOCH.plus(task.eventMicros(), ChronoUnit.MICROS);
        Outcome outcome = Outcome.newBuilder()
                .setTenant(task.tenant())
                .setTraceId(task.traceId())
                .setSpanId(task.spanId().isEmpty() ? null : task.spanId())
                .setName(name)
                .setValue(value)
                .setSource(OutcomeSource.JUDGE)
                .setJudgeName(judged.judge())
                .setJudgeVersion(judged.version())
                .setEventTime(inferred)
                .setObservedTime(Instant.EPOCH.plus(judged.observedMicros(), ChronoUnit.MICROS))
                .setAttributes(Map.of(OutcomeChecks.WEIGHT_ATTRIBUTE, Double.toString(weight)))
                .setVersion(version(task.version()).toAvro())
                .setRole(TrafficRole.valueOf(task.role()))
                .setIntent(task.intent())
                .setInferenceTime(inferred)
                .build();
        outcome.setOutcomeId(OutcomeIds.outcomeId(outcome));
        return outcome;
    }

    static VersionTuple version(List<String> components) {
        return new VersionTuple(
                components.get(0),
                components.get(1),
                components.get(2),
                components.get(3),
                components.get(4),
                components.get(5),
                components.get(6));
    }
}
