package io.tidemark.jobs.quality;

import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.jobs.quality.join.JoinRules;
import io.tidemark.jobs.quality.measure.CohortName;
import io.tidemark.jobs.quality.measure.QualityMeasures;
import io.tidemark.jobs.quality.measure.QualitySlice;
import io.tidemark.jobs.quality.signal.DayScore;
import io.tidemark.jobs.quality.signal.QualityRule;
import io.tidemark.jobs.quality.signal.ScoreHistory;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.statistics.trend.WeekdayPairedTrend;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Looks at each day of a version's production traffic when its labels of one age have had their time, and says when a
 * measure has fallen over two weeks. Slices are those of one version: a change of version is never taken for a trend.
 */
final class SignalFunction extends KeyedProcessFunction<String, CohortRow, OutputRecord> {

    private static final long serialVersionUID = 1L;
    private static final String RUNBOOK = "docs/quality.md#a-measure-has-fallen";
    private static final MapStateDescriptor<String, byte[]> HISTORIES =
            new MapStateDescriptor<>("histories-v1", StringSerializer.INSTANCE, BytesSerializer.INSTANCE);

    private final RegistryFactory registry;
    private final String run;
    private final int ageDays;
    private transient MapState<String, byte[]> histories;
    private transient QualitySignals signals;

    /** @param ageDays label age at which days are compared */
    SignalFunction(RegistryFactory registry, String run, int ageDays) {
        this.registry = registry;
        this.run = run;
        this.ageDays = ageDays;
    }

    /** Whether a row is one that histories are made of. */
    static boolean isJudged(CohortRow row, int ageDays) {
        CohortName name = CohortName.parse(row.cohort());
        QualitySlice slice = QualitySlice.parse(row.slice());
        return row.isFinal()
                && row.n() > 1
                && !Double.isNaN(row.weights())
                && (name.ageDays() == ageDays || name.ageDays() == 0)
                && QualitySignals.isAbout(slice)
                && QualityMeasures.shouldBeHigh(row.measure());
    }

    @Override
    public void open(OpenContext context) {
        histories = getRuntimeContext().getMapState(HISTORIES);
        signals = new QualitySignals(registry.connect(), run);
    }

    @Override
    public void processElement(CohortRow row, Context context, Collector<OutputRecord> target) throws Exception {
        CohortName name = CohortName.parse(row.cohort());
        String measure = name.measure() + "|" + name.category() + "|" + name.unit();
        ScoreHistory history = ScoreHistory.fromBytes(histories.get(measure));
        history.add(score(row, name));
        WeekdayPairedTrend.Change change = history.change();
        for (QualityRule rule : QualityRule.all()) {
            if (rule.isAbout(row.measure())) {
                boolean isBroken = ScoreHistory.isBroken(rule, change);
                boolean was = history.note(rule, isBroken);
                if (isBroken || was) {
                    target.collect(signals.record(signal(rule, row, name, change, isBroken, history)));
                }
            }
        }
        histories.put(measure, history.toBytes());
    }

    static DayScore score(CohortRow row, CohortName name) {
        return new DayScore(
                name.dayMillis() / JoinRules.DAY_MILLIS,
                row.weights() * row.weights() / row.squaredWeights(),
                row.estimate(),
                row.standardError(),
                row.coverage());
    }

    private static Signal signal(
            QualityRule rule,
            CohortRow row,
            CohortName name,
            WeekdayPairedTrend.Change change,
            boolean isBroken,
            ScoreHistory history) {
        List<Instant> windows = history.span().stream()
                .map(day -> Instant.ofEpochMilli(day * JoinRules.DAY_MILLIS))
                .toList();
        return Signal.newBuilder()
                .setRuleId(rule.id())
                .setRuleVersion(1)
                .setSlice(QualitySignals.slice(
                        QualitySlice.parse(row.slice()),
                        Map.of("measure", name.measure(), "category", name.category())))
                .setBreached(isBroken)
                .setSeverity(rule.isUrgent() ? Severity.CRITICAL : Severity.WARNING)
                .setKind("quality")
                .setOnsetTime(windows.get(0))
                .setEventTime(Instant.ofEpochMilli(row.asOfMillis()))
                .setEvidence(List.of(evidence(rule, row, change, windows)))
                .setAction(rule.isUrgent() ? "retrain" : "triage")
                .setRunbook(RUNBOOK)
                .setSummary(summary(rule, row, change))
                .build();
    }

    private static Evidence evidence(
            QualityRule rule, CohortRow row, WeekdayPairedTrend.Change change, List<Instant> windows) {
        return Evidence.newBuilder()
                .setMeasure(row.measure())
                .setObserved(change == null ? null : change.relativeOver14Days())
                .setExpected(0.0)
                .setThreshold(-rule.drop())
                .setPValue(change == null ? null : change.pDecline())
                .setN(row.n())
                .setWindows(windows)
                .build();
    }

    private static String summary(QualityRule rule, CohortRow row, WeekdayPairedTrend.Change change) {
        return change == null
                ? "%s: too little is known to go on saying that it has fallen".formatted(row.measure())
                : String.format(
                        Locale.ROOT,
                        "%s changed by %.1f %% over 14 days (limit -%.0f %%, p %.4f), first week %.4g, last day %.4g",
                        row.measure(),
                        100 * change.relativeOver14Days(),
                        100 * rule.drop(),
                        change.pDecline(),
                        change.firstWeekMean(),
                        row.estimate());
    }
}
