package io.tidemark.jobs.judging;

import io.tidemark.jobs.judging.judge.Judge;
import io.tidemark.jobs.judging.judge.Judgement;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps what a tenant's judgements of one day may cost below its budget: a sample passes when the most that it may cost is
 * left. Days are those of the inferences, so that a second run of the same input lets the same samples pass.
 */
final class BudgetFunction extends KeyedProcessFunction<String, JudgeTask, JudgeTask> {

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** Days before the newest whose spending is remembered: for inferences that come late. */
    private static final int REMEMBERED_DAYS = 2;

    private final JudgeFactory judges;
    private final long budgetNanoUsd;
    private transient Judge judge;
    private transient MapState<Long, Long> reserved;

    /** @param budgetNanoUsd for a tenant and day, in billionths of a US dollar */
    BudgetFunction(JudgeFactory judges, long budgetNanoUsd) {
        this.judges = judges;
        this.budgetNanoUsd = budgetNanoUsd;
    }

    @Override
    public void open(OpenContext context) {
        judge = judges.create();
        reserved = getRuntimeContext().getMapState(new MapStateDescriptor<>("reserved-v1", Types.LONG, Types.LONG));
    }

    @Override
    public void processElement(JudgeTask task, Context context, Collector<JudgeTask> output) throws Exception {
        long cost = judge.highestCostNanoUsd(task.sample());
        if (cost == 0) {
            output.collect(task);
            return;
        }
        long day = Math.floorDiv(task.eventMicros(), MICROS_PER_DAY);
        Long known = reserved.get(day);
        long spent = known == null ? 0 : known;
        if (spent + cost > budgetNanoUsd) {
            output.collect(task.refusedFor(Judgement.OVER_BUDGET));
            return;
        }
        if (known == null) {
            forgetBefore(day - REMEMBERED_DAYS);
        }
        reserved.put(day, spent + cost);
        output.collect(task);
    }

    private void forgetBefore(long day) throws Exception {
        Iterator<Map.Entry<Long, Long>> days = reserved.iterator();
        while (days.hasNext()) {
            if (days.next().getKey() < day) {
                days.remove();
            }
        }
    }

    @Override
    public void close() {
        if (judge != null) {
            judge.close();
        }
    }
}
