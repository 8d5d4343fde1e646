package io.tidemark.jobs.canary;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The releases topic as a control stream. It is read from its beginning on every start, also after a restore, so that what
 * it says is no state of the job. Until everything that was there at the start has been read it holds back the time of
 * whatever it is connected with; from then on it is idle, and new records come as they are written.
 */
final class ReleaseSource
        implements Source<ReleaseRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
                ResultTypeQueryable<ReleaseRecord> {

    private static final long serialVersionUID = 1L;
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSource<ReleaseRecord> kafka;
    private final Reading reading;
    private final Properties consumer;
    private final String topic;

    private ReleaseSource(Properties consumer, String topic, String group) {
        this.consumer = consumer;
        this.topic = topic;
        reading = new Reading();
        kafka = KafkaSource.<ReleaseRecord>builder()
                .setProperties(consumer)
                .setTopics(topic)
                .setGroupId(group)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(reading)
                .build();
    }

    /** The records of a releases topic. */
    static DataStream<ReleaseRecord> attach(
            StreamExecutionEnvironment environment, Properties consumer, String topic, String group) {
        return environment
                .fromSource(
                        new ReleaseSource(consumer, topic, group),
                        WatermarkStrategy.noWatermarks(),
                        "releases",
                        ReleaseRecord.TYPE)
                .setParallelism(1)
                .uid("canary-releases");
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return kafka.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws Exception {
        return kafka.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }

    @Override
    public SourceReader<ReleaseRecord, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new ControlReader(kafka.createReader(context), reading, lastOffsets());
    }

    @Override
    public TypeInformation<ReleaseRecord> getProducedType() {
        return ReleaseRecord.TYPE;
    }

    /** Offset of the last record of each partition that has one; found by reading, as a partition can end with gaps. */
    private Map<Integer, Long> lastOffsets() {
        Properties properties = new Properties();
        properties.putAll(consumer);
        properties.remove("group.id");
        Map<Integer, Long> last = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> reader.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    last.put(record.partition(), record.offset());
                }
            }
        }
        return last;
    }

    /** Takes the bytes as they are, and notes how far it has come. */
    private static final class Reading implements KafkaRecordDeserializationSchema<ReleaseRecord> {

        private static final long serialVersionUID = 1L;
        private transient Map<Integer, Long> reached;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ReleaseRecord> target) {
            if (reached == null) {
                reached = new HashMap<>();
            }
            reached.put(record.partition(), record.offset());
            target.collect(new ReleaseRecord(record.value()));
        }

        boolean hasReached(Map<Integer, Long> offsets) {
            return offsets.entrySet().stream()
                    .allMatch(each -> reached != null && reached.getOrDefault(each.getKey(), -1L) >= each.getValue());
        }

        @Override
        public TypeInformation<ReleaseRecord> getProducedType() {
            return ReleaseRecord.TYPE;
        }
    }

    private static final class ControlReader implements SourceReader<ReleaseRecord, KafkaPartitionSplit> {

        private final SourceReader<ReleaseRecord, KafkaPartitionSplit> kafka;
        private final Reading reading;
        private final Map<Integer, Long> present;
        private boolean caughtUp;

        ControlReader(
                SourceReader<ReleaseRecord, KafkaPartitionSplit> kafka, Reading reading, Map<Integer, Long> present) {
            this.kafka = kafka;
            this.reading = reading;
            this.present = present;
        }

        @Override
        public InputStatus pollNext(ReaderOutput<ReleaseRecord> output) throws Exception {
            InputStatus status = kafka.pollNext(output);
            if (!caughtUp && reading.hasReached(present)) {
                caughtUp = true;
                output.markIdle();
            }
            return status;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return kafka.snapshotState(checkpointId).stream()
                    .map(split ->
                            new KafkaPartitionSplit(split.getTopicPartition(), KafkaPartitionSplit.EARLIEST_OFFSET))
                    .toList();
        }

        @Override
        public void start() {
            kafka.start();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return kafka.isAvailable();
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> splits) {
            kafka.addSplits(splits);
        }

        @Override
        public void notifyNoMoreSplits() {
            kafka.notifyNoMoreSplits();
        }

        @Override
        public void handleSourceEvents(SourceEvent event) {
            kafka.handleSourceEvents(event);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            // nothing is committed: every start reads the topic from its beginning
        }

        @Override
        public void pauseOrResumeSplits(Collection<String> splitsToPause, Collection<String> splitsToResume) {
            kafka.pauseOrResumeSplits(splitsToPause, splitsToResume);
        }

        @Override
        public void close() throws Exception {
            kafka.close();
        }
    }
}
