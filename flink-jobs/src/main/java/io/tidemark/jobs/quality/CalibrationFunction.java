package io.tidemark.jobs.quality;

import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.jobs.quality.join.JoinRules;
import io.tidemark.jobs.quality.measure.CalibrationTable;
import io.tidemark.jobs.quality.measure.QualitySlice;
import io.tidemark.jobs.quality.signal.CalibrationHistory;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Says when the stated confidences of a version come true less than they did: each week against its first one. */
final class CalibrationFunction extends KeyedProcessFunction<String, CalibrationDay, OutputRecord> {

    /** Name of the rule in signals. */
    static final String RULE = "calibration-change";

    private static final long serialVersionUID = 1L;
    private static final String RUNBOOK = "docs/quality.md#calibration-has-changed";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final ValueStateDescriptor<byte[]> HISTORY =
            new ValueStateDescriptor<>("calibration-v1", BytesSerializer.INSTANCE);

    private final RegistryFactory registry;
    private final String run;
    private transient ValueState<byte[]> histories;
    private transient QualitySignals signals;

    CalibrationFunction(RegistryFactory registry, String run) {
        this.registry = registry;
        this.run = run;
    }

    /** Whether a day is one that versions are judged by. */
    static boolean isJudged(CalibrationDay day, int ageDays) {
        return day.ageDays() == ageDays && QualitySignals.isAbout(QualitySlice.parse(day.slice()));
    }

    @Override
    public void open(OpenContext context) {
        histories = getRuntimeContext().getState(HISTORY);
        signals = new QualitySignals(registry.connect(), run);
    }

    @Override
    public void processElement(CalibrationDay day, Context context, Collector<OutputRecord> target) throws Exception {
        CalibrationHistory history = CalibrationHistory.fromBytes(histories.value());
        CalibrationHistory.Change change = history.add(CalibrationTable.fromBytes(day.table()), day.coverage());
        if (change != null) {
            boolean isBroken = change.isBroken();
            boolean was = history.note(isBroken);
            if (isBroken || was) {
                target.collect(signals.record(signal(day, change, isBroken)));
            }
        }
        histories.update(history.toBytes());
    }

    private static Signal signal(CalibrationDay day, CalibrationHistory.Change change, boolean isBroken) {
        Instant end = Instant.ofEpochMilli(day.dayMillis() + JoinRules.DAY_MILLIS);
        Instant week = end.minus(WEEK);
        return Signal.newBuilder()
                .setRuleId(RULE)
                .setRuleVersion(1)
                .setSlice(QualitySignals.slice(QualitySlice.parse(day.slice()), Map.of("measure", "calibration")))
                .setBreached(isBroken)
                .setSeverity(Severity.WARNING)
                .setKind("quality")
                .setOnsetTime(week)
                .setEventTime(end.plus(Duration.ofDays(day.ageDays())))
                .setEvidence(List.of(z(change, week), error(change, week)))
                .setAction("triage")
                .setRunbook(RUNBOOK)
                .setSummary(String.format(
                        Locale.ROOT,
                        "confidences come true less than they did: Spiegelhalter's Z %.2f, in the first week %.2f (p %.4f); "
                                + "calibration error %.3f, by chance alone %.3f",
                        change.z(),
                        change.firstZ(),
                        change.pValue(),
                        change.error(),
                        change.byChance()))
                .build();
    }

    private static Evidence z(CalibrationHistory.Change change, Instant week) {
        return Evidence.newBuilder()
                .setMeasure("spiegelhalter_z")
                .setObserved(change.z())
                .setExpected(change.firstZ())
                .setPValue(change.pValue())
                .setN(change.n())
                .setWindows(List.of(week))
                .build();
    }

    private static Evidence error(CalibrationHistory.Change change, Instant week) {
        return Evidence.newBuilder()
                .setMeasure("calibration_error")
                .setObserved(change.error())
                .setExpected(change.byChance())
                .setThreshold(change.byChance() + CalibrationHistory.LEAST_EXCESS)
                .setN(change.n())
                .setWindows(List.of(week))
                .build();
    }
}
