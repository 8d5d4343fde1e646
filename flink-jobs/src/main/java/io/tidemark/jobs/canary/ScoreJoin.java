package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.TraceSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Brings outcomes to the arm of their trace, whichever comes first. An outcome counts in the pane in which it became known, or
 * in the first open one: a decision takes each pane once. Both sides are forgotten after a while, in event time.
 */
final class ScoreJoin extends KeyedCoProcessFunction<Long, TraceArm, Score, Contribution> {

    private static final long serialVersionUID = 1L;
    private static final long PANE = TraceSource.PANE_MILLIS;
    private static final int MOST_SCORES = 64;
    private static final ListStateDescriptor<byte[]> ARMS =
            new ListStateDescriptor<>("trace-arms-v1", BytePrimitiveArraySerializer.INSTANCE);
    private static final ListStateDescriptor<byte[]> SCORES =
            new ListStateDescriptor<>("scores-v1", BytePrimitiveArraySerializer.INSTANCE);

    private final long horizonMillis;
    private transient ListState<byte[]> arms;
    private transient ListState<byte[]> scores;
    private transient TraceArmSerializer codec;
    private transient Counter joined;

    /** @param horizon how long a trace waits for outcomes */
    ScoreJoin(Duration horizon) {
        this.horizonMillis = horizon.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        arms = getRuntimeContext().getListState(ARMS);
        scores = getRuntimeContext().getListState(SCORES);
        codec = new TraceArmSerializer();
        joined = getRuntimeContext()
                .getMetricGroup()
                .addGroup(PrometheusReporter.GROUP)
                .counter("canary_outcomes");
    }

    @Override
    public void processElement1(TraceArm trace, Context context, Collector<Contribution> output) throws Exception {
        for (TraceArm known : arms()) {
            if (known.arm().releaseId().equals(trace.arm().releaseId())) {
                return;
            }
        }
        arms.add(codec.toBytes(trace));
        forgetLater(trace.arm().paneStartMillis(), context);
        for (Score score : scores()) {
            emit(trace, score, context, output);
        }
    }

    @Override
    public void processElement2(Score score, Context context, Collector<Contribution> output) throws Exception {
        List<Score> known = scores();
        boolean isRepeated = known.stream().anyMatch(each -> each.outcome() == score.outcome());
        if (isRepeated || known.size() >= MOST_SCORES) {
            return;
        }
        scores.add(score.toBytes());
        forgetLater(score.knownMillis(), context);
        for (TraceArm trace : arms()) {
            emit(trace, score, context, output);
        }
    }

    private void emit(TraceArm trace, Score score, Context context, Collector<Contribution> output) {
        long open = Math.max(score.knownMillis(), context.timerService().currentWatermark() + 1);
        Cell cell = new Cell();
        cell.addScore(trace.unit(), score.kind(), score.value());
        Contribution arm = trace.arm();
        output.collect(new Contribution(
                arm.releaseId(),
                arm.arm(),
                arm.changed(),
                arm.versionId(),
                arm.tenant(),
                Math.floorDiv(open, PANE) * PANE,
                cell.encode()));
        joined.inc();
    }

    /** What waits past the end of time is dropped by the job that ends. */
    private void forgetLater(long fromMillis, Context context) {
        context.timerService().registerEventTimeTimer(Math.floorDiv(fromMillis, PANE) * PANE + horizonMillis);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Contribution> output) throws Exception {
        boolean isYoung = false;
        for (TraceArm trace : arms()) {
            isYoung |= trace.arm().paneStartMillis() + horizonMillis > timestamp;
        }
        for (Score score : scores()) {
            isYoung |= Math.floorDiv(score.knownMillis(), PANE) * PANE + horizonMillis > timestamp;
        }
        if (!isYoung) {
            arms.clear();
            scores.clear();
        }
    }

    private List<TraceArm> arms() throws Exception {
        List<TraceArm> found = new ArrayList<>();
        for (byte[] record : arms.get()) {
            found.add(codec.fromBytes(record));
        }
        return found;
    }

    private List<Score> scores() throws Exception {
        List<Score> found = new ArrayList<>();
        for (byte[] record : scores.get()) {
            found.add(Score.fromBytes(record));
        }
        return found;
    }
}
