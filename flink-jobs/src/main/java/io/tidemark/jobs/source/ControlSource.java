package io.tidemark.jobs.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A small topic as a control stream. It is read from its beginning on every start, also after a restore, so that what
 * it says is no state of the job. Until everything that was there at the start has been read it holds back the time of
 * whatever it is connected with; from then on it is idle, and new records come as they are written.
 */
public final class ControlSource<T> extends DelegatingSource<T> {

    private static final long serialVersionUID = 1L;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Reading<T> reading;
    private final Properties consumer;
    private final String topic;

    private ControlSource(Properties consumer, String topic, String group, Reading<T> reading) {
        super(KafkaSource.<T>builder()
                .setProperties(consumer)
                .setTopics(topic)
                .setGroupId(group)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(reading)
                .build());
        this.consumer = consumer;
        this.topic = topic;
        this.reading = reading;
    }

    /**
     * The records of a topic.
     *
     * @param record makes an element of a record's value
     */
    public static <T> ControlSource<T> of(
            Properties consumer,
            String topic,
            String group,
            TypeInformation<T> type,
            SerializableFunction<byte[], T> record) {
        return new ControlSource<>(consumer, topic, group, new Reading<>(type, record));
    }

    @Override
    protected SourceReader<T, KafkaPartitionSplit> wrap(SourceReader<T, KafkaPartitionSplit> reader) {
        return new ControlReader<>(reader, reading, lastOffsets());
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
    private static final class Reading<T> implements KafkaRecordDeserializationSchema<T> {

        private static final long serialVersionUID = 1L;

        private final TypeInformation<T> type;
        private final SerializableFunction<byte[], T> element;
        private transient Map<Integer, Long> reached;

        Reading(TypeInformation<T> type, SerializableFunction<byte[], T> element) {
            this.type = type;
            this.element = element;
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> target) {
            if (reached == null) {
                reached = new HashMap<>();
            }
            reached.put(record.partition(), record.offset());
            target.collect(element.apply(record.value()));
        }

        boolean hasReached(Map<Integer, Long> offsets) {
            return offsets.entrySet().stream()
                    .allMatch(each -> reached != null && reached.getOrDefault(each.getKey(), -1L) >= each.getValue());
        }

        @Override
        public TypeInformation<T> getProducedType() {
            return type;
        }
    }

    private static final class ControlReader<T> extends DelegatingReader<T> {

        private final Reading<T> reading;
        private final Map<Integer, Long> present;
        private boolean caughtUp;

        ControlReader(SourceReader<T, KafkaPartitionSplit> reader, Reading<T> reading, Map<Integer, Long> present) {
            super(reader);
            this.reading = reading;
            this.present = present;
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
            InputStatus status = super.pollNext(output);
            if (!caughtUp && reading.hasReached(present)) {
                caughtUp = true;
                output.markIdle();
            }
            return status;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return super.snapshotState(checkpointId).stream()
                    .map(split ->
                            new KafkaPartitionSplit(split.getTopicPartition(), KafkaPartitionSplit.EARLIEST_OFFSET))
                    .toList();
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            // nothing is committed: every start reads the topic from its beginning
        }
    }
}
