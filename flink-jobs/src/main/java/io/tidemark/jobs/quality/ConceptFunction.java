package io.tidemark.jobs.quality;

import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.jobs.quality.join.JoinRules;
import io.tidemark.jobs.quality.measure.CohortName;
import io.tidemark.jobs.quality.measure.QualityMeasures;
import io.tidemark.jobs.quality.measure.QualitySlice;
import io.tidemark.jobs.quality.signal.ErrorHistory;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Concept drift: says when a version errs more often than in its first week, by the age of the labels. */
final class ConceptFunction extends KeyedProcessFunction<String, CohortRow, OutputRecord> {

    /** Name of the rule in signals. */
    static final String RULE = "concept-drift";

    private static final long serialVersionUID = 1L;
    private static final String RUNBOOK = "docs/quality.md#the-right-answers-have-changed";
    private static final MapStateDescriptor<Integer, byte[]> HISTORIES =
            new MapStateDescriptor<>("errors-v1", IntSerializer.INSTANCE, BytesSerializer.INSTANCE);

    private final RegistryFactory registry;
    private final String run;
    private transient MapState<Integer, byte[]> histories;
    private transient QualitySignals signals;

    ConceptFunction(RegistryFactory registry, String run) {
        this.registry = registry;
        this.run = run;
    }

    /** Whether a row tells how often a version was right on a day whose labels have had their time. */
    static boolean isJudged(CohortRow row) {
        CohortName name = CohortName.parse(row.cohort());
        return row.isFinal()
                && row.n() > 1
                && row.measure().equals(QualityMeasures.ACCURACY)
                && QualitySignals.isAbout(QualitySlice.parse(row.slice()))
                && name.category().isEmpty();
    }

    @Override
    public void open(OpenContext context) {
        histories = getRuntimeContext().getMapState(HISTORIES);
        signals = new QualitySignals(registry.connect(), run);
    }

    @Override
    public void processElement(CohortRow row, Context context, Collector<OutputRecord> target) throws Exception {
        CohortName name = CohortName.parse(row.cohort());
        ErrorHistory history = ErrorHistory.fromBytes(histories.get(name.ageDays()));
        boolean isBroken = history.add(SignalFunction.score(row, name));
        if (history.note(isBroken) || isBroken) {
            target.collect(signals.record(signal(row, name, history, isBroken)));
        }
        histories.put(name.ageDays(), history.toBytes());
    }

    private static Signal signal(CohortRow row, CohortName name, ErrorHistory history, boolean isBroken) {
        Instant day = Instant.ofEpochMilli(name.dayMillis());
        double before = history.firstRate(name.dayMillis() / JoinRules.DAY_MILLIS);
        return Signal.newBuilder()
                .setRuleId(RULE)
                .setRuleVersion(1)
                .setSlice(QualitySignals.slice(
                        QualitySlice.parse(row.slice()), Map.of("label_age_days", Integer.toString(name.ageDays()))))
                .setBreached(isBroken)
                .setSeverity(Severity.WARNING)
                .setKind("quality")
                .setOnsetTime(day)
                .setEventTime(Instant.ofEpochMilli(row.asOfMillis()))
                .setEvidence(List.of(Evidence.newBuilder()
                        .setMeasure("error_rate")
                        .setObserved(1 - row.estimate())
                        .setExpected(Double.isNaN(before) ? null : before)
                        .setEValue(history.evidence())
                        .setThreshold(ErrorHistory.threshold())
                        .setN(row.n())
                        .setWindows(List.of(day))
                        .build()))
                .setAction("triage")
                .setRunbook(RUNBOOK)
                .setSummary(String.format(
                        Locale.ROOT,
                        "errors at label age %d days: %.3f on the last day, %.3f in the first week; evidence of more %.3g of %.0f",
                        name.ageDays(),
                        1 - row.estimate(),
                        before,
                        history.evidence(),
                        ErrorHistory.threshold()))
                .build();
    }
}
