package io.tidemark.jobs.quality;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.quality.join.Increment;
import io.tidemark.jobs.runtime.JobProcess;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.OutputSink;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.jobs.source.RewindingSource;
import io.tidemark.jobs.source.TraceSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Outcomes joined to inferences for eight days: from {@code tidemark.traces.v1} and {@code tidemark.outcomes.v1} to
 * {@code tidemark.quality.v1}, and from days that are complete to {@code tidemark.signals.v1}.
 */
public final class QualityJob {

    private QualityJob() {}

    /** Runs the job in this process until it is stopped. */
    public static void main(String[] arguments) throws Exception {
        JobProcess.run(arguments, QualityConfig.keys(), configuration -> {
            QualityConfig config = QualityConfig.from(configuration);
            return new JobProcess.Job(
                    config.jobName(),
                    TraceSource.partitions(config.source(), TopicCatalogue.OUTCOMES),
                    environment -> build(environment, config));
        });
    }

    /** The whole job, from sources to sinks. What the trace source says aside is left to the windows job. */
    public static void build(StreamExecutionEnvironment environment, QualityConfig config) {
        DataStream<KeyedRecord> predictions = TraceSource.attach(environment, config.source())
                .traces()
                .transform("predictions", KeyedRecord.TYPE, new PredictionSampling(config))
                .uid("quality-predictions");
        SingleOutputStreamOperator<CohortRow> rows = rows(predictions.union(outcomes(environment, config)), config);
        DataStream<OutputRecord> signals = signals(rows, config);
        rows.map(new RowEncoder(config.source().registry(), config.source().run()))
                .returns(OutputRecord.TYPE)
                .uid("quality-rows")
                .union(signals)
                .sinkTo(OutputSink.exactlyOnce("tidemark-" + config.jobName(), config.producer()))
                .uid("quality-sink")
                .name("quality-sink");
    }

    private static DataStream<OutputRecord> signals(SingleOutputStreamOperator<CohortRow> rows, QualityConfig config) {
        RegistryFactory registry = config.source().registry();
        String run = config.source().run();
        int ageDays = config.signalAgeDays();
        DataStream<OutputRecord> calibrations = rows.getSideOutput(CohortFunction.CALIBRATIONS)
                .filter(day -> CalibrationFunction.isJudged(day, ageDays))
                .uid("quality-calibrated-days")
                .keyBy(CalibrationDay::slice, Types.STRING)
                .process(new CalibrationFunction(registry, run), OutputRecord.TYPE)
                .uid("quality-calibration-signals");
        DataStream<OutputRecord> concepts = rows.filter(ConceptFunction::isJudged)
                .uid("quality-labelled-days")
                .keyBy(CohortRow::slice, Types.STRING)
                .process(new ConceptFunction(registry, run), OutputRecord.TYPE)
                .uid("quality-concept-signals");
        return falls(rows, config).union(calibrations, concepts);
    }

    private static DataStream<OutputRecord> falls(DataStream<CohortRow> rows, QualityConfig config) {
        int ageDays = config.signalAgeDays();
        return rows.filter(row -> SignalFunction.isJudged(row, ageDays))
                .uid("quality-judged-days")
                .keyBy(CohortRow::slice, Types.STRING)
                .process(
                        new SignalFunction(
                                config.source().registry(), config.source().run(), ageDays),
                        OutputRecord.TYPE)
                .uid("quality-signals");
    }

    private static DataStream<KeyedRecord> outcomes(StreamExecutionEnvironment environment, QualityConfig config) {
        OutcomeReader records = new OutcomeReader(config.source().registry(), config.sampling());
        KafkaSource<KeyedRecord> kafka = KafkaSource.<KeyedRecord>builder()
                .setProperties(config.source().consumer())
                .setTopics(config.outcomesTopic())
                .setGroupId("tidemark-" + config.jobName())
                .setStartingOffsets(
                        config.source().isLive()
                                ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
                                : OffsetsInitializer.earliest())
                .setDeserializer(records)
                .build();
        return environment
                .fromSource(new RewindingSource<>(kafka, records), time(config), "outcomes", KeyedRecord.TYPE)
                .uid("quality-outcomes")
                .filter(OutcomeTime::isOutcome)
                .uid("quality-outcomes-only");
    }

    /** In a replay each partition ends with a marker; live, a silent one holds nobody back. */
    private static WatermarkStrategy<KeyedRecord> time(QualityConfig config) {
        long outOfOrderness = config.source().outOfOrderness().toMillis();
        WatermarkStrategy<KeyedRecord> strategy =
                WatermarkStrategy.forGenerator(context -> new OutcomeTime(outOfOrderness));
        return config.source().isLive() ? strategy.withIdleness(config.source().idleness()) : strategy;
    }

    /** From inferences and outcomes to rows. */
    public static SingleOutputStreamOperator<CohortRow> rows(DataStream<KeyedRecord> records, QualityConfig config) {
        long interval = config.restateInterval().toMillis();
        return records.keyBy(KeyedRecord::key, Types.STRING)
                .process(new JoinFunction(config.rules()), TypeInformation.of(Increment.class))
                .uid("quality-join")
                .transform("cohort-sums", CohortDelta.TYPE, new CohortAggregation(interval))
                .uid("quality-cohort-sums")
                .keyBy(CohortDelta::slice, Types.STRING)
                .process(new CohortFunction(config.rules(), interval, config.minimumCell()), CohortRow.TYPE)
                .uid("quality-cohorts");
    }
}
