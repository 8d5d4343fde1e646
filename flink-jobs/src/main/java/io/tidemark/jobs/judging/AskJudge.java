package io.tidemark.jobs.judging;

import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.runtime.PrometheusReporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Asks a judge by Flink's async I/O, which bounds how many samples are under way and keeps them in its state: after a failure
 * they are asked again. The batches of {@link JudgeRunner} need no state of their own.
 */
final class AskJudge extends RichAsyncFunction<JudgeTask, Judged> {

    private static final long serialVersionUID = 1L;

    private final JudgeFactory judges;
    private final String name;
    private final String version;
    private final Duration patience;
    private final Clock clock;
    private transient JudgeRunner runner;
    private transient Counter judged;
    private transient Counter unjudged;
    private transient Counter nonsense;
    private transient Counter costNanoUsd;

    AskJudge(JudgeFactory judges, String name, String version, Duration patience, Clock clock) {
        this.judges = judges;
        this.name = name;
        this.version = version;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        runner = new JudgeRunner(judges.create(), patience, clock);
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(PrometheusReporter.GROUP);
        String prefix = "judging_" + name.replace('-', '_') + "_";
        judged = metrics.counter(prefix + "judged");
        unjudged = metrics.counter(prefix + "unjudged");
        nonsense = metrics.counter(prefix + "nonsense");
        costNanoUsd = metrics.counter(prefix + "cost_nano_usd");
        metrics.gauge(prefix + "retries", runner::retries);
        metrics.gauge(prefix + "waiting", runner::waiting);
    }

    @Override
    public void asyncInvoke(JudgeTask task, ResultFuture<Judged> result) {
        CompletableFuture<Judgement> asked = task.refusal().isEmpty()
                ? runner.submit(task.sample())
                : CompletableFuture.completedFuture(Judgement.none(task.refusal()));
        asked.thenAccept(judgement -> result.complete(List.of(counted(task, judgement))));
    }

    /** The last resort, for a judge that never comes back from a call. */
    @Override
    public void timeout(JudgeTask task, ResultFuture<Judged> result) {
        result.complete(List.of(counted(task, Judgement.none(Judgement.JUDGE_DOWN))));
    }

    private synchronized Judged counted(JudgeTask task, Judgement judgement) {
        if (judgement.unjudged().isEmpty()) {
            judged.inc();
        } else {
            unjudged.inc();
            nonsense.inc(judgement.unjudged().equals(Judgement.NONSENSE) ? 1 : 0);
        }
        costNanoUsd.inc(Math.max(0, judgement.costNanoUsd()));
        return Judged.of(task, judgement, name, version, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    @Override
    public void close() {
        if (runner != null) {
            runner.close();
        }
    }
}
