package io.tidemark.jobs.drift;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.embedding.drift.EmbeddingBranch;
import io.tidemark.jobs.embedding.golden.GoldenBranch;
import io.tidemark.jobs.runtime.JobProcess;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.OutputSink;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.source.TraceSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Drift of features, outputs, data quality and texts: from traces to {@code tidemark.drift.v1} and signals. */
public final class DriftJob {

    private DriftJob() {}

    /** Runs the job in this process until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        JobProcess.run(arguments, DriftConfig.keys(), configuration -> {
            DriftConfig config = DriftConfig.from(configuration);
            return new JobProcess.Job(
                    config.jobName(),
                    TraceSource.partitions(config.source(), TopicCatalogue.TRACES),
                    environment -> build(environment, config));
        });
    }

    /** The whole job, from source to sink. */
    public static void build(StreamExecutionEnvironment environment, DriftConfig config) {
        build(TraceSource.raw(environment, config.source()), config);
    }

    /**
     * The job behind its source. What the trace source says aside (late records, progress of the source) is left to the
     * windows job, which reads the same traces.
     */
    static void build(DataStream<RawTrace> raw, DriftConfig config) {
        DataStream<AdmittedTrace> traces =
                TraceSource.admit(raw, config.source()).traces();
        DataStream<DriftTest> tests = tests(traces, config);
        List<DataStream<OutputRecord>> reviews = new ArrayList<>();
        if (config.embedding().enabled()) {
            DataStream<ScoredText> texts = EmbeddingBranch.embed(traces, config.embedding(), config.windows());
            tests = tests.union(EmbeddingBranch.tests(
                    texts, config.embedding(), config.windows(), config.lattice(), baselines(config)));
            if (config.reviews().goldenWeekly() > 0) {
                reviews.add(goldenCandidates(texts, config));
            }
        }
        DataStream<OutputRecord> decisions = decisions(tests, config);
        reviews.stream()
                .reduce(decisions, DataStream::union)
                .sinkTo(OutputSink.exactlyOnce("tidemark-" + config.jobName() + "-sink", config.producer()))
                .uid("drift-sink")
                .name("drift-sink");
    }

    private static DataStream<OutputRecord> goldenCandidates(DataStream<ScoredText> texts, DriftConfig config) {
        return GoldenBranch.attach(
                texts,
                config.reviews(),
                config.windows().originMillis(),
                config.source().registry(),
                TopicCatalogue.REVIEWS.nameInRun(config.source().run()));
    }

    /** Tests of features, outputs and data quality. */
    static DataStream<DriftTest> tests(DataStream<AdmittedTrace> traces, DriftConfig config) {
        BaselineFeed.Factory baselines = baselines(config);
        return traces.transform(
                        "counting",
                        MeasureCounts.TYPE,
                        new DriftCounting(config.windows(), config.mostCells(), baselines))
                .uid("drift-counting")
                .keyBy(MeasureCounts::measure, Types.STRING)
                .transform(
                        "comparison",
                        DriftTest.TYPE,
                        new DriftComparison(config.windows(), config.lattice(), baselines))
                .uid("drift-comparison");
    }

    private static BaselineFeed.Factory baselines(DriftConfig config) {
        return () -> KafkaBaselineFeed.open(
                config.source().consumer(),
                config.source().registry(),
                config.source().run());
    }

    /** All tests meet in one subtask, where a cause can be found among all slices. */
    static DataStream<OutputRecord> decisions(DataStream<DriftTest> tests, DriftConfig config) {
        return tests.transform(
                        "gate",
                        OutputRecord.TYPE,
                        new DriftGate(
                                config.policy(),
                                config.source().registry(),
                                config.source().run()))
                .uid("drift-gate")
                .setParallelism(1);
    }
}
