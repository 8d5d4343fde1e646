package io.tidemark.jobs.source;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.jobs.runtime.JobProcess;
import io.tidemark.jobs.runtime.OutputRecord;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The source of traces. Every job that looks at inferences begins here. */
public final class TraceSource {

    /** Length of a pane, the unit of all windows, in milliseconds. */
    public static final long PANE_MILLIS = 10_000;

    private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

    private TraceSource() {}

    /**
     * What the source gives.
     *
     * @param traces the traces that count, once each; see {@link AdmittedTrace} for how to handle them
     * @param side late records and progress, to be written by the job's own sink
     */
    public record Streams(SingleOutputStreamOperator<AdmittedTrace> traces, DataStream<OutputRecord> side) {}

    /** Reads traces from Kafka. */
    public static Streams attach(StreamExecutionEnvironment environment, TraceSourceConfig config) {
        return admit(raw(environment, config), config);
    }

    /** The records of the traces topic, with watermarks by partition. */
    public static SingleOutputStreamOperator<RawTrace> raw(
            StreamExecutionEnvironment environment, TraceSourceConfig config) {
        RawTraceReader records = new RawTraceReader(config.registry());
        KafkaSource<RawTrace> kafka = KafkaSource.<RawTrace>builder()
                .setProperties(config.consumer())
                .setTopics(config.tracesTopic())
                .setGroupId("tidemark-" + config.job() + (config.isLive() ? "" : "." + config.run()))
                .setStartingOffsets(startingOffsets(config))
                .setDeserializer(records)
                .build();
        return environment
                .fromSource(new RewindingSource<>(kafka, records), watermarks(config), "traces", RawTrace.TYPE)
                .uid(config.job() + "-traces");
    }

    /** Decides which records count. */
    public static Streams admit(DataStream<RawTrace> raw, TraceSourceConfig config) {
        SingleOutputStreamOperator<AdmittedTrace> traces = raw.transform(
                        "admission", AdmittedTrace.TYPE, new AdmissionOperator(config))
                .uid(config.job() + "-admission");
        return new Streams(traces, traces.getSideOutput(AdmissionOperator.SIDE));
    }

    private static OffsetsInitializer startingOffsets(TraceSourceConfig config) {
        return config.isLive()
                ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
                : OffsetsInitializer.earliest();
    }

    private static WatermarkStrategy<RawTrace> watermarks(TraceSourceConfig config) {
        long outOfOrdernessMillis = config.outOfOrderness().toMillis();
        WatermarkStrategy<RawTrace> byPartition = WatermarkStrategy.<RawTrace>forGenerator(
                        context -> new PartitionWatermarks(outOfOrdernessMillis))
                .withTimestampAssigner((trace, unused) -> trace.candidateMillis());
        return config.isLive()
                ? byPartition.withIdleness(config.idleness())
                : byPartition.withWatermarkAlignment(config.job(), config.alignmentDrift(), ALIGNMENT_INTERVAL);
    }

    /**
     * Partitions of a topic of the job's run.
     *
     * @throws ExecutionException when Kafka does not say
     */
    public static int partitions(TraceSourceConfig config, Topic topic)
            throws ExecutionException, InterruptedException {
        return JobProcess.partitions(config.consumer(), topic.nameInRun(config.run()));
    }
}
