package io.tidemark.jobs.canary;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.canary.pair.Answer;
import io.tidemark.jobs.review.ReviewQueue;
import io.tidemark.jobs.runtime.JobProcess;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.OutputSink;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.AsideSource;
import io.tidemark.jobs.source.ControlSource;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.jobs.source.TraceSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;

/** Candidate against control for every rollout: from traces and releases to verdicts of {@code tidemark.verdicts.v1}. */
public final class CanaryJob {

    private CanaryJob() {}

    /** Runs the job in this process until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        JobProcess.run(arguments, CanaryConfig.keys(), configuration -> {
            CanaryConfig config = CanaryConfig.from(configuration);
            return new JobProcess.Job(
                    config.jobName(),
                    TraceSource.partitions(config.source(), TopicCatalogue.TRACES),
                    environment -> build(environment, config));
        });
    }

    /** The whole job, from sources to sinks. */
    public static void build(StreamExecutionEnvironment environment, CanaryConfig config) {
        build(
                TraceSource.raw(environment, config.source()),
                releases(environment, config),
                scores(environment, config),
                config);
    }

    static DataStream<ReleaseRecord> releases(StreamExecutionEnvironment environment, CanaryConfig config) {
        ControlSource<ReleaseRecord> source = ControlSource.of(
                config.source().consumer(),
                config.releasesTopic(),
                "tidemark-" + config.jobName(),
                ReleaseRecord.TYPE,
                ReleaseRecord::new);
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "releases", ReleaseRecord.TYPE)
                .setParallelism(1)
                .uid("canary-releases");
    }

    static DataStream<Score> scores(StreamExecutionEnvironment environment, CanaryConfig config) {
        AsideSource<Score> source = AsideSource.of(
                config.source().consumer(),
                config.outcomesTopic(),
                "tidemark-" + config.source().jobName() + "-outcomes",
                new ScoreReader(config.source().registry()));
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "outcomes", Score.TYPE)
                .setParallelism(1)
                .uid("canary-outcomes");
    }

    /**
     * The job behind its sources. What the trace source says aside (late records, progress of the source) is left to the
     * windows job, which reads the same traces.
     */
    static void build(
            DataStream<RawTrace> raw,
            DataStream<ReleaseRecord> releases,
            DataStream<Score> scores,
            CanaryConfig config) {
        TraceSource.Streams source = TraceSource.admit(raw, config.source());
        SingleOutputStreamOperator<OutputRecord> verdicts = verdicts(source.traces(), releases, scores, config);
        DataStream<OutputRecord> reviews = ReviewQueue.attach(
                verdicts.getSideOutput(RolloutOperator.REVIEWS),
                CanaryConfig.JOB,
                config.reviews(),
                config.source().registry(),
                TopicCatalogue.REVIEWS.nameInRun(config.source().run()));
        verdicts.union(reviews)
                .sinkTo(OutputSink.atLeastOnce(config.producer()))
                .uid("canary-verdicts-sink")
                .name("canary-verdicts-sink");
        // committed with a checkpoint, and a checkpoint flushes the verdicts: whoever reads progress finds them all
        verdicts.getSideOutput(RolloutOperator.PROGRESS)
                .sinkTo(OutputSink.exactlyOnce("tidemark-" + config.jobName() + "-progress", config.producer()))
                .uid("canary-progress-sink")
                .name("canary-progress-sink");
    }

    /** From traces, releases and outcomes to verdicts. */
    private static SingleOutputStreamOperator<OutputRecord> verdicts(
            DataStream<AdmittedTrace> traces,
            DataStream<ReleaseRecord> releases,
            DataStream<Score> scores,
            CanaryConfig config) {
        SingleOutputStreamOperator<SliceCell> cells =
                traces.transform("cells", SliceCell.TYPE, new CellAggregation()).uid("canary-cells");
        SingleOutputStreamOperator<Contribution> contributions = cells.connect(releases.broadcast())
                .transform(
                        "route",
                        Contribution.TYPE,
                        new RouteOperator(config.source().registry()))
                .uid("canary-route");
        DataStream<Contribution> outcomes = contributions
                .getSideOutput(RouteOperator.TRACES)
                .keyBy(TraceArm::trace, Types.LONG)
                .connect(scores.filter(score -> !score.isAgreement())
                        .uid("canary-scores-of-answers")
                        .keyBy(Score::trace, Types.LONG))
                .process(new ScoreJoin(config.outcomeHorizon()), Contribution.TYPE)
                .uid("canary-scores");
        return contributions
                .union(outcomes, pairs(traces, scores, config))
                .keyBy(Contribution::releaseId, Types.STRING)
                .connect(releases.broadcast())
                .transform(
                        "rollouts",
                        OutputRecord.TYPE,
                        rollouts(
                                config.source().registry(),
                                config.rules(),
                                config.source().run()))
                .uid("canary-rollouts");
    }

    /** What the answers of shadows and of their controls to the same requests say together. */
    private static DataStream<Contribution> pairs(
            DataStream<AdmittedTrace> traces, DataStream<Score> scores, CanaryConfig config) {
        return traces.transform("answers", Answer.TYPE, new AnswerSelect(config.releaseFeed()))
                .uid("canary-answers")
                .keyBy(Answer::trace, Types.LONG)
                .connect(scores.filter(Score::isAgreement)
                        .uid("canary-scores-of-pairs")
                        .keyBy(Score::trace, Types.LONG))
                .process(
                        new PairFunction(config.pairHorizon(), config.outcomeHorizon(), config.agreementCosine()),
                        Contribution.TYPE)
                .uid("canary-pairs")
                .transform("pair-sums", Contribution.TYPE, new PairAggregation())
                .uid("canary-pair-sums");
    }

    /** The operator that judges, by itself: for simulations on counts of panes. */
    public static TwoInputStreamOperator<Contribution, ReleaseRecord, OutputRecord> rollouts(
            RegistryFactory registry, CanaryRules rules, String run) {
        return new RolloutOperator(registry, rules, run);
    }
}
