package io.tidemark.jobs.drift;

import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Drift;
import io.tidemark.contracts.avro.DriftScope;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Drift decisions as records of their contracts. */
final class DriftRecords {

    private static final String KIND = "drift";
    private static final String RUNBOOK = "docs/drift.md";

    private DriftRecords() {}

    /** Identity of a test: the same in every replay. */
    static String id(DriftTest test) {
        return AlertIds.hash(String.join(
                "|",
                test.kind().name(),
                test.measure(),
                SliceKey.of(test.slice()),
                Long.toString(test.windowStartMillis()),
                Integer.toString(test.windowSeconds()),
                test.baselineId()));
    }

    /** Rule of the signals of a test: {@code drift/kind/measure/window}, and which reference when it is the previous window. */
    static String ruleId(DriftTest test) {
        return "drift/%s/%s/%ds%s"
                .formatted(
                        test.kind().name().toLowerCase(Locale.ROOT),
                        test.measure(),
                        test.windowSeconds(),
                        test.isAgainstPreviousWindow() ? "/previous" : "");
    }

    static Drift drift(DriftDecision decision) {
        DriftTest test = decision.test();
        return Drift.newBuilder()
                .setDriftId(id(test))
                .setKind(test.kind())
                .setMeasure(test.measure())
                .setSlice(test.slice())
                .setWindowStart(Instant.ofEpochMilli(test.windowStartMillis()))
                .setWindowSeconds(test.windowSeconds())
                .setBaselineId(test.isAgainstPreviousWindow() ? null : test.baselineId())
                .setN(test.n())
                .setNBaseline(test.baselineN())
                .setSampledShare(test.sampledShare())
                .setEffect(known(test.own().effect()))
                .setEffectName(test.effectName())
                .setEffectLimit(test.warnSize())
                .setEffectWithin(known(test.within().effect()))
                .setStatistic(known(test.own().statistic()))
                .setPValue(known(test.own().pValue()))
                .setQValue(known(decision.qValue()))
                .setInsufficient(test.insufficient().isEmpty() ? null : test.insufficient())
                .setMoved(decision.moved())
                .setSignal(decision.signal())
                .setSeverity(severity(decision))
                .setScope(test.insufficient().isEmpty() ? decision.scope() : DriftScope.UNKNOWN)
                .setExplainedBy(decision.explainedBy() == null ? null : SliceKey.of(decision.explainedBy()))
                .setTopics(test.topics())
                .setShares(test.shares())
                .setExemplarTraceIds(test.exemplars())
                .setBackendId(test.backendId().isEmpty() ? null : test.backendId())
                .setCentroidDistance(known(test.scores().centroidDistance()))
                .setTopicDistance(known(test.scores().topicDistance()))
                .setTopicMargin(known(test.scores().topicMargin()))
                .setResponseCosine(known(test.scores().responseCosine()))
                .build();
    }

    /** The signal of a move that signals; its onset is filled by who knows the episode. */
    static Signal signal(DriftDecision decision) {
        DriftTest test = decision.test();
        Instant tick = Instant.ofEpochMilli(test.tickMillis());
        return Signal.newBuilder()
                .setRuleId(ruleId(test))
                .setRuleVersion(1)
                .setSlice(test.slice())
                .setBreached(true)
                .setSeverity(severity(decision))
                .setKind(KIND)
                .setOnsetTime(Instant.ofEpochMilli(test.windowStartMillis()))
                .setEventTime(tick)
                .setEvidence(List.of(evidence(decision)))
                .setParent(decision.explainedBy())
                .setRunbook(RUNBOOK)
                .setSummary(summary(decision))
                .build();
    }

    private static Evidence evidence(DriftDecision decision) {
        DriftTest test = decision.test();
        return Evidence.newBuilder()
                .setMeasure(test.measure())
                .setObserved(known(test.own().effect()))
                .setThreshold(test.warnSize())
                .setPValue(known(test.own().pValue()))
                .setQValue(known(decision.qValue()))
                .setN(test.n())
                .setWindows(List.of(Instant.ofEpochMilli(test.windowStartMillis())))
                .setExemplarTraceIds(test.exemplars())
                .build();
    }

    private static String summary(DriftDecision decision) {
        DriftTest test = decision.test();
        String reference = test.isAgainstPreviousWindow() ? "the previous window" : "baseline " + test.baselineId();
        String topics = test.topics().isEmpty() ? "" : "; moved most: " + String.join(", ", test.topics());
        return String.format(
                Locale.ROOT,
                "%s '%s' drifted%s from %s: %s %.3g (limit %.3g), q %.2g, n %,d over %s%s",
                test.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                test.measure(),
                decision.scope() == DriftScope.STREAM ? " with the whole stream" : "",
                reference,
                test.effectName(),
                test.own().effect(),
                test.warnSize(),
                decision.qValue(),
                test.n(),
                Duration.ofSeconds(test.windowSeconds()),
                topics);
    }

    private static Severity severity(DriftDecision decision) {
        if (!decision.moved()) {
            return Severity.INFO;
        }
        return decision.test().own().effect() >= decision.test().investigateSize()
                ? Severity.CRITICAL
                : Severity.WARNING;
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
