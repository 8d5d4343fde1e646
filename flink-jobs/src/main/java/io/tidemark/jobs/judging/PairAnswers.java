package io.tidemark.jobs.judging;

import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.runtime.PrometheusReporter;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Brings production's answer and the shadow's of one trace together, whichever comes first: one sample, whose prompt is the
 * one answer and whose response the other. Texts wait in state, for a set time: most of production's answers wait in vain.
 */
final class PairAnswers extends KeyedProcessFunction<String, JudgeTask, JudgeTask> {

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000;

    /** Steps in which waiting ends: one timer for all answers of a while. */
    private static final long STEP = Duration.ofSeconds(10).toMillis();

    private final long horizonMillis;
    private transient ValueState<JudgeTask> waiting;
    private transient Counter pairs;
    private transient Counter givenUp;

    /** @param horizon how long an answer waits for its counterpart, in event time */
    PairAnswers(Duration horizon) {
        this.horizonMillis = horizon.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext().getState(new ValueStateDescriptor<>("waiting-v1", JudgeTask.TYPE));
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(PrometheusReporter.GROUP);
        pairs = metrics.counter("judging_pairs");
        givenUp = metrics.counter("judging_pairs_given_up");
    }

    /** Tenant and trace of an answer. */
    static String key(JudgeTask answer) {
        return answer.tenant() + '\n' + answer.traceId();
    }

    /** Whether an answer may be one of a pair: a shadow's or production's, with a text. */
    static boolean mayBePaired(JudgeTask answer) {
        boolean hasRole = isShadow(answer) || answer.role().equals(TrafficRole.PRODUCTION.name());
        return hasRole && !answer.sample().response().isBlank();
    }

    private static boolean isShadow(JudgeTask answer) {
        return answer.role().equals(TrafficRole.SHADOW.name());
    }

    @Override
    public void processElement(JudgeTask answer, Context context, Collector<JudgeTask> output) throws Exception {
        JudgeTask other = waiting.value();
        if (other == null) {
            waiting.update(answer);
            long since = Math.max(
                    answer.eventMicros() / MICROS_PER_MILLI,
                    context.timerService().currentWatermark());
            context.timerService().registerEventTimeTimer((since + horizonMillis) / STEP * STEP + STEP);
        } else if (isShadow(other) != isShadow(answer)) {
            waiting.clear();
            pairs.inc();
            output.collect(isShadow(answer) ? pair(other, answer) : pair(answer, other));
        }
    }

    private static JudgeTask pair(JudgeTask production, JudgeTask shadow) {
        return shadow.about(
                JudgeSample.of(production.sample().response(), shadow.sample().response()));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<JudgeTask> output) throws Exception {
        if (waiting.value() != null) {
            givenUp.inc();
            waiting.clear();
        }
    }
}
