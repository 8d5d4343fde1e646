package io.tidemark.jobs.judging;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.judging.judge.Judge;
import io.tidemark.jobs.judging.judge.JudgeSettings;
import io.tidemark.jobs.judging.judge.Judges;
import io.tidemark.jobs.review.Proposal;
import io.tidemark.jobs.review.ReviewQueue;
import io.tidemark.jobs.runtime.JobProcess;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.OutputSink;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.AsideSource;
import io.tidemark.jobs.source.TraceSource;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Sampled inferences to judges, and what they say to {@code tidemark.outcomes.v1}, where the quality job and everybody else
 * finds it beside the feedback of people. What they doubt goes to the review queue.
 */
public final class JudgingJob {

    /** How much longer than its patience a call may take before Flink gives the sample up. */
    private static final int TIMEOUT_PATIENCES = 3;

    private static final Duration LEAST_TIMEOUT = Duration.ofMinutes(1);

    private JudgingJob() {}

    /** Runs the job in this process until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        JobProcess.run(arguments, JudgingConfig.keys(), configuration -> {
            JudgingConfig config = JudgingConfig.from(configuration, Clock.systemUTC());
            return new JobProcess.Job(
                    config.jobName(),
                    TraceSource.partitions(config.source(), TopicCatalogue.TRACES),
                    environment -> build(environment, config));
        });
    }

    /** The whole job. What the trace source says aside is left to the windows job. */
    public static void build(StreamExecutionEnvironment environment, JudgingConfig config) {
        DataStream<AdmittedTrace> traces =
                TraceSource.attach(environment, config.source()).traces();
        DataStream<JudgeTask> samples = traces.transform(
                        "judge-samples",
                        JudgeTask.TYPE,
                        JudgeSampling.ofInferences(
                                config.sampling(), config.source().registry()))
                .uid("judging-samples");
        DataStream<Judged> judged = judged(samples, config);
        DataStream<Judged> said = config.judgesPairs() ? judged.union(judgedPairs(traces, config)) : judged;
        said.flatMap(new JudgedOutcomes(
                        config.source().registry(), config.source().run()))
                .returns(OutputRecord.TYPE)
                .uid("judging-outcomes")
                .union(reviews(judged, feedback(environment, config), config))
                .sinkTo(OutputSink.exactlyOnce("tidemark-" + config.jobName(), config.producer()))
                .uid("judging-sink")
                .name("judging-sink");
    }

    /** How near the answers of shadows are to production's: no doubt about a single answer, so not for review here. */
    private static DataStream<Judged> judgedPairs(DataStream<AdmittedTrace> traces, JudgingConfig config) {
        DataStream<JudgeTask> pairs = traces.transform(
                        "pair-samples",
                        JudgeTask.TYPE,
                        JudgeSampling.ofTraces(config.pairs(), config.source().registry()))
                .uid("judging-pair-samples")
                .filter(PairAnswers::mayBePaired)
                .uid("judging-pair-filter")
                .keyBy(PairAnswers::key, Types.STRING)
                .process(new PairAnswers(config.pairHorizon()), JudgeTask.TYPE)
                .uid("judging-pairs")
                .name("pairs");
        return judged(pairs, Judges.PAIRS, config);
    }

    /** What people should look at. */
    private static DataStream<OutputRecord> reviews(
            DataStream<Judged> judged, DataStream<Feedback> feedback, JudgingConfig config) {
        DataStream<Proposal> contradictions = judged.keyBy(each -> PairAnswers.key(each.task()), Types.STRING)
                .connect(feedback.keyBy(each -> each.tenant() + '\n' + each.traceId(), Types.STRING))
                .process(
                        new Contradictions(config.source().registry(), config.lowScore(), timeout(config)),
                        Proposal.TYPE)
                .uid("judging-contradictions")
                .name("contradictions");
        DataStream<Proposal> doubts = judged.flatMap(
                        new JudgedDoubts(config.source().registry(), config.lowScore()))
                .returns(Proposal.TYPE)
                .uid("judging-doubts");
        return ReviewQueue.attach(
                doubts.union(contradictions),
                JudgingConfig.JOB,
                config.reviews(),
                config.source().registry(),
                TopicCatalogue.REVIEWS.nameInRun(config.source().run()));
    }

    private static DataStream<Feedback> feedback(StreamExecutionEnvironment environment, JudgingConfig config) {
        AsideSource<Feedback> source = AsideSource.of(
                config.source().consumer(),
                TopicCatalogue.OUTCOMES.nameInRun(config.source().run()),
                "tidemark-" + config.jobName() + "-outcomes",
                new FeedbackReader(config.source().registry()));
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "outcomes", Feedback.TYPE)
                .setParallelism(1)
                .uid("judging-feedback");
    }

    /** What all judges say of all samples. */
    static DataStream<Judged> judged(DataStream<JudgeTask> samples, JudgingConfig config) {
        return config.judges().stream()
                .map(judge -> judged(samples, judge, config))
                .reduce((left, right) -> left.union(right))
                .orElseThrow();
    }

    private static DataStream<Judged> judged(DataStream<JudgeTask> samples, String name, JudgingConfig config) {
        JudgeSettings settings = config.settings();
        JudgeFactory judges = () -> Judges.create(name, settings);
        String version;
        try (Judge judge = judges.create()) {
            version = judge.version();
        }
        DataStream<JudgeTask> paid = samples.keyBy(JudgeTask::tenant, Types.STRING)
                .process(new BudgetFunction(judges, config.budgetNanoUsd()), JudgeTask.TYPE)
                .uid("judging-budget-" + name)
                .name("budget-" + name);
        return AsyncDataStream.unorderedWait(
                        paid,
                        new AskJudge(judges, name, version, config.patience(), config.clock()),
                        timeout(config).toMillis(),
                        TimeUnit.MILLISECONDS,
                        config.capacity())
                .returns(Judged.TYPE)
                .uid("judging-ask-" + name)
                .name("ask-" + name);
    }

    /** How long a judge may take for a sample at most. */
    private static Duration timeout(JudgingConfig config) {
        return config.patience().multipliedBy(TIMEOUT_PATIENCES).plus(LEAST_TIMEOUT);
    }
}
