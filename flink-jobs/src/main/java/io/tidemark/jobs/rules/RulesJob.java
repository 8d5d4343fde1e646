package io.tidemark.jobs.rules;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.JobProcess;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.OutputSink;
import io.tidemark.jobs.source.RewindingSource;
import io.tidemark.platform.config.ConfigurationKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Alert rules over the windows of every slice: from the rows of {@code tidemark.windows.v1} to {@code tidemark.signals.v1}. */
public final class RulesJob {

    private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

    private RulesJob() {}

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        return RulesConfig.keys();
    }

    /** Runs the job in this process until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        JobProcess.run(arguments, RulesConfig.keys(), configuration -> {
            RulesConfig config = RulesConfig.from(configuration);
            int signalPartitions = partitions(config, TopicCatalogue.SIGNALS);
            return new JobProcess.Job(
                    config.jobName(),
                    partitions(config, TopicCatalogue.WINDOWS),
                    environment -> build(environment, config, signalPartitions));
        });
    }

    private static int partitions(RulesConfig config, Topic topic) throws ExecutionException, InterruptedException {
        return JobProcess.partitions(config.consumer(), topic.nameInRun(config.run()));
    }

    /**
     * The whole job, from source to sink.
     *
     * @param signalPartitions partitions of the signals topic, which get the end marker of a replay
     */
    public static void build(StreamExecutionEnvironment environment, RulesConfig config, int signalPartitions) {
        build(panes(environment, config), config, signalPartitions);
    }

    /** The job behind its source. */
    static void build(DataStream<PaneRow> panes, RulesConfig config, int signalPartitions) {
        signals(panes, config, signalPartitions)
                .sinkTo(OutputSink.exactlyOnce("tidemark-" + config.jobName() + "-rules-sink", config.producer()))
                .uid("rules-sink")
                .name("rules-sink");
    }

    /** The rows of panes, with the time that their writers gave their word on. */
    static DataStream<PaneRow> panes(StreamExecutionEnvironment environment, RulesConfig config) {
        PaneRowReader records = new PaneRowReader(config.registry());
        KafkaSource<PaneRow> kafka = KafkaSource.<PaneRow>builder()
                .setProperties(config.consumer())
                .setTopics(config.windowsTopic())
                .setGroupId("tidemark-" + config.jobName())
                .setStartingOffsets(
                        config.isLive()
                                ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
                                : OffsetsInitializer.earliest())
                .setDeserializer(records)
                .build();
        return environment
                .fromSource(new RewindingSource<>(kafka, records), watermarks(config), "panes", PaneRow.TYPE)
                .uid("rules-panes");
    }

    /** No idleness: every partition is told the time, so that a partition without rows holds nobody back. */
    private static WatermarkStrategy<PaneRow> watermarks(RulesConfig config) {
        WatermarkStrategy<PaneRow> byWord = WatermarkStrategy.<PaneRow>forGenerator(context -> new WriterWatermarks())
                .withTimestampAssigner((pane, unused) -> pane.endMillis());
        return config.isLive()
                ? byWord
                : byWord.withWatermarkAlignment(RulesConfig.JOB, config.alignmentDrift(), ALIGNMENT_INTERVAL);
    }

    /**
     * From rows to signals. Tenants are judged side by side; but all breaches meet in one subtask, where a fault that shows in
     * many slices is laid to one of them, and where a replay ends. It sees nothing of the slices that are well.
     */
    private static DataStream<OutputRecord> signals(
            DataStream<PaneRow> panes, RulesConfig config, int signalPartitions) {
        return panes.keyBy(PaneRow::group, Types.STRING)
                .transform("evaluation", Finding.TYPE, new EvaluationOperator(config))
                .uid("rules-evaluation")
                .keyBy(Finding::rule, Types.STRING)
                .transform("signals", OutputRecord.TYPE, new SignalOperator(config, signalPartitions))
                .uid("rules-signals")
                .setParallelism(1);
    }
}
