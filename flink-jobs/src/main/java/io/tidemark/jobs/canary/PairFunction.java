package io.tidemark.jobs.canary;

import io.tidemark.jobs.canary.Contribution.Arm;
import io.tidemark.jobs.canary.pair.Answer;
import io.tidemark.jobs.canary.pair.PairLedger;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.TraceSource;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps the ledger of each trace of a shadow and closes its panes in event time. Bounded: an answer waits for its counterpart, and
 * a pair for its judge, for a set time.
 */
final class PairFunction extends KeyedCoProcessFunction<Long, Answer, Score, Contribution> {

    private static final long serialVersionUID = 1L;
    private static final long PANE = TraceSource.PANE_MILLIS;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final ValueStateDescriptor<byte[]> LEDGER =
            new ValueStateDescriptor<>("pairs-v1", BytesSerializer.INSTANCE);

    private final long answerMillis;
    private final long judgeMillis;
    private final double leastCosine;
    private transient ValueState<byte[]> ledgers;
    private transient Counter pairs;
    private transient Counter unpaired;
    private transient Counter overflow;

    /**
     * @param answerHorizon how long an answer waits for its counterpart
     * @param judgeHorizon how long a pair waits for a judge, and a judge's word for the pair
     * @param leastCosine cosine from which on two answers agree
     */
    PairFunction(Duration answerHorizon, Duration judgeHorizon, double leastCosine) {
        this.answerMillis = answerHorizon.toMillis();
        this.judgeMillis = judgeHorizon.toMillis();
        this.leastCosine = leastCosine;
    }

    @Override
    public void open(OpenContext context) {
        ledgers = getRuntimeContext().getState(LEDGER);
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup(PrometheusReporter.GROUP);
        pairs = group.counter("shadow_pairs");
        unpaired = group.counter("shadow_given_up");
        overflow = group.counter("shadow_overflow");
    }

    @Override
    public void processElement1(Answer answer, Context context, Collector<Contribution> output) throws Exception {
        PairLedger ledger = PairLedger.fromBytes(ledgers.value(), leastCosine);
        if (!ledger.add(answer)) {
            overflow.inc();
            return;
        }
        ledgers.update(ledger.toBytes());
        long paneEnd = paneOf(answer.eventMicros() / MICROS_PER_MILLI) + PANE;
        context.timerService().registerEventTimeTimer(paneEnd - 1);
        context.timerService().registerEventTimeTimer(paneEnd + answerMillis);
        if (answer.awaited() != 0) {
            context.timerService().registerEventTimeTimer(paneEnd + judgeMillis);
        }
    }

    @Override
    public void processElement2(Score score, Context context, Collector<Contribution> output) throws Exception {
        PairLedger ledger = PairLedger.fromBytes(ledgers.value(), leastCosine);
        long open = Math.max(score.knownMillis(), context.timerService().currentWatermark() + 1);
        ledger.judge(
                score.rule(),
                score.value(),
                open,
                (about, sums) -> output.collect(contribution(about, paneOf(open), sums.toBytes())));
        ledgers.update(ledger.toBytes());
        context.timerService().registerEventTimeTimer(paneOf(open) + PANE + judgeMillis);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Contribution> output) throws Exception {
        PairLedger ledger = PairLedger.fromBytes(ledgers.value(), leastCosine);
        boolean isEndOfPane = Math.floorMod(timestamp + 1, PANE) == 0;
        if (isEndOfPane) {
            long paneStart = timestamp + 1 - PANE;
            ledger.close(paneStart, timestamp + 1, (about, sums) -> {
                pairs.inc(sums.pairs());
                output.collect(contribution(about, paneStart, sums.toBytes()));
            });
        }
        unpaired.inc(ledger.forget(timestamp - answerMillis, timestamp - judgeMillis));
        if (ledger.isEmpty()) {
            ledgers.clear();
        } else {
            ledgers.update(ledger.toBytes());
        }
    }

    private static long paneOf(long millis) {
        return Math.floorDiv(millis, PANE) * PANE;
    }

    private static Contribution contribution(Answer about, long paneStartMillis, byte[] sums) {
        return new Contribution(about.releaseId(), Arm.PAIRS, 0, "", about.tenant(), paneStartMillis, sums);
    }
}
