package io.tidemark.jobs.windows;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.JobProcess;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.OutputSink;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.source.TraceSource;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Measures of every slice of the traffic in windows: from traces to rows of {@code tidemark.windows.v1}. */
public final class WindowsJob {

    private WindowsJob() {}

    /** Runs the job in this process until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        JobProcess.run(arguments, WindowsConfig.keys(), configuration -> {
            WindowsConfig config = WindowsConfig.from(configuration);
            int windowPartitions = TraceSource.partitions(config.source(), TopicCatalogue.WINDOWS);
            return new JobProcess.Job(
                    config.jobName(),
                    TraceSource.partitions(config.source(), TopicCatalogue.TRACES),
                    environment -> build(environment, config, windowPartitions));
        });
    }

    /**
     * The whole job, from source to sink.
     *
     * @param windowPartitions partitions of the windows topic, which are told how far time has come; 0 to tell none
     */
    public static void build(StreamExecutionEnvironment environment, WindowsConfig config, int windowPartitions) {
        build(TraceSource.raw(environment, config.source()), config, windowPartitions);
    }

    /** The job for readers who do not ask for the time. */
    public static void build(StreamExecutionEnvironment environment, WindowsConfig config) {
        build(environment, config, 0);
    }

    static void build(DataStream<RawTrace> raw, WindowsConfig config) {
        build(raw, config, 0);
    }

    /** The job behind its source. */
    static void build(DataStream<RawTrace> raw, WindowsConfig config, int windowPartitions) {
        TraceSource.Streams source = TraceSource.admit(raw, config.source());
        sink(rows(source.traces(), config, windowPartitions), config, "windows-sink");
        sink(source.side(), config, "windows-side-sink");
    }

    /** Two sinks and not one of a union: so rows go from the windows to the producer without another copy. */
    private static void sink(DataStream<OutputRecord> records, WindowsConfig config, String name) {
        records.sinkTo(OutputSink.exactlyOnce("tidemark-" + config.jobName() + "-" + name, config.producer()))
                .uid(name)
                .name(name);
    }

    /** From traces to window rows. */
    static DataStream<OutputRecord> rows(DataStream<AdmittedTrace> traces, WindowsConfig config, int windowPartitions) {
        SingleOutputStreamOperator<Partial> increments = traces.transform(
                        "pre-aggregation", Partial.TYPE, new PreAggregation())
                .uid("windows-pre-aggregation");
        SingleOutputStreamOperator<Partial> slices = increments
                .keyBy(partial -> SliceKeys.tenantOf(partial.slice()), Types.STRING)
                .transform("lattice", Partial.TYPE, new LatticeOperator(config.lattice(), config.slicesPerTenant()))
                .uid("windows-lattice");
        return slices.keyBy(Partial::slice, Types.STRING)
                .transform("windows", OutputRecord.TYPE, new WindowOperator(config, windowPartitions))
                .uid("windows-windows");
    }
}
