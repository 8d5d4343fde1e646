package io.tidemark.jobs.quality;

import io.tidemark.jobs.quality.join.JoinRules;
import io.tidemark.jobs.quality.measure.CalibrationTable;
import io.tidemark.jobs.quality.measure.Cohort;
import io.tidemark.jobs.quality.measure.CohortName;
import io.tidemark.jobs.quality.measure.QualityMeasures;
import io.tidemark.jobs.runtime.BytesSerializer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Restates the cohorts of each slice: at every multiple of the interval, those that have changed, from exactly what was
 * known before that time.
 */
final class CohortFunction extends KeyedProcessFunction<String, CohortDelta, CohortRow> {

    private static final long serialVersionUID = 1L;

    /** The confidences of each day whose labels of one age have had their time. */
    static final OutputTag<CalibrationDay> CALIBRATIONS = new OutputTag<>("quality-calibrations", CalibrationDay.TYPE);

    private static final MapStateDescriptor<String, byte[]> COHORTS =
            new MapStateDescriptor<>("cohorts-v1", StringSerializer.INSTANCE, BytesSerializer.INSTANCE);

    private final JoinRules rules;
    private final long intervalMillis;
    private final int minimumCell;
    private transient MapState<String, byte[]> cohorts;

    /**
     * @param intervalMillis time between restatements, in milliseconds; divides a day
     * @param minimumCell units under which a fairness slice is not shown
     */
    CohortFunction(JoinRules rules, long intervalMillis, int minimumCell) {
        this.rules = rules;
        this.intervalMillis = intervalMillis;
        this.minimumCell = minimumCell;
    }

    @Override
    public void open(OpenContext context) {
        cohorts = getRuntimeContext().getMapState(COHORTS);
    }

    @Override
    public void processElement(CohortDelta delta, Context context, Collector<CohortRow> target) throws Exception {
        TimerService timers = context.timerService();
        byte[] stored = cohorts.get(delta.cohort());
        Cohort cohort = Cohort.fromBytes(stored);
        cohort.addPending(Cohort.fromBytes(delta.sums()), firstOpenTick(timers.currentWatermark()));
        cohorts.put(delta.cohort(), cohort.toBytes());
        for (long tick : cohort.pendingTicks()) {
            timers.registerEventTimeTimer(tick - 1);
        }
        if (stored == null) {
            CohortName name = CohortName.parse(delta.cohort());
            timers.registerEventTimeTimer(endOf(name) - 1);
            timers.registerEventTimeTimer(expiryOf(name) - 1);
        }
    }

    /** A tick is over when nothing can come any more that was known before it. */
    private long firstOpenTick(long watermarkMillis) {
        return watermarkMillis == Long.MIN_VALUE
                ? Long.MIN_VALUE
                : Math.floorDiv(watermarkMillis + 1, intervalMillis) * intervalMillis + intervalMillis;
    }

    /** When the last inference of the day has had its labels of this age. */
    private static long endOf(CohortName name) {
        return name.dayMillis() + (1 + name.ageDays()) * JoinRules.DAY_MILLIS;
    }

    /** A day longer than the join can still find labels for the cohort. */
    private long expiryOf(CohortName name) {
        return rules.expiryOf(name.dayMillis() + JoinRules.DAY_MILLIS) + JoinRules.DAY_MILLIS;
    }

    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<CohortRow> target) throws Exception {
        long tick = millis + 1;
        Map<CohortName, Cohort> all = new TreeMap<>(CohortName.ORDER);
        Set<CohortName> changed = new HashSet<>();
        for (Map.Entry<String, byte[]> entry : cohorts.entries()) {
            CohortName name = CohortName.parse(entry.getKey());
            Cohort cohort = Cohort.fromBytes(entry.getValue());
            if (cohort.advance(tick)) {
                changed.add(name);
            }
            all.put(name, cohort);
        }
        CohortRows rows = new CohortRows(context.getCurrentKey(), tick, minimumCell, all);
        for (Map.Entry<CohortName, Cohort> entry : all.entrySet()) {
            CohortName name = entry.getKey();
            if (changed.contains(name)) {
                cohorts.put(name.text(), entry.getValue().toBytes());
            }
            if (changed.contains(name) || changed.contains(name.population()) || endOf(name) == tick) {
                rows.of(name, tick >= endOf(name), target::collect);
            }
            if (name.measure().equals(QualityMeasures.CALIBRATION) && endOf(name) == tick) {
                byte[] table = CalibrationTable.of(entry.getValue()).toBytes();
                context.output(
                        CALIBRATIONS,
                        new CalibrationDay(
                                context.getCurrentKey(), name.dayMillis(), name.ageDays(), rows.coverage(name), table));
            }
            if (expiryOf(name) <= tick) {
                cohorts.remove(name.text());
            }
        }
    }
}
