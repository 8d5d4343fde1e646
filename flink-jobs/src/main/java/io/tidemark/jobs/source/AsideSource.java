package io.tidemark.jobs.source;

import java.util.Properties;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A topic that says nothing about time: what it holds comes late or early, and nobody waits for it. It is read from its
 * beginning on the first start, and goes on from its state after that.
 */
public final class AsideSource<T> extends DelegatingSource<T> {

    private static final long serialVersionUID = 1L;

    private AsideSource(KafkaSource<T> kafka) {
        super(kafka);
    }

    /** The records of a topic. */
    public static <T> AsideSource<T> of(
            Properties consumer, String topic, String group, KafkaRecordDeserializationSchema<T> reader) {
        return new AsideSource<>(KafkaSource.<T>builder()
                .setProperties(consumer)
                .setTopics(topic)
                .setGroupId(group)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(reader)
                .build());
    }

    @Override
    protected SourceReader<T, KafkaPartitionSplit> wrap(SourceReader<T, KafkaPartitionSplit> reader) {
        return new AsideReader<>(reader);
    }

    private static final class AsideReader<T> extends DelegatingReader<T> {

        private boolean idle;

        AsideReader(SourceReader<T, KafkaPartitionSplit> reader) {
            super(reader);
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
            if (!idle) {
                idle = true;
                output.markIdle();
            }
            return super.pollNext(output);
        }
    }
}
