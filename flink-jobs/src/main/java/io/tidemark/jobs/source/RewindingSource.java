package io.tidemark.jobs.source;

import java.util.List;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * The Kafka source, except that a checkpoint taken after the end marker of a partition points at the marker and not behind
 * it. A restored job then reads the marker again; otherwise nothing would ever lift the watermark of that partition, and
 * the replay would never end.
 */
public final class RewindingSource<T> extends DelegatingSource<T> {

    private static final long serialVersionUID = 1L;

    private final EndMarkers records;

    /**
     * A source.
     *
     * @param records what the source deserializes with, which sees the markers
     */
    public RewindingSource(KafkaSource<T> kafka, EndMarkers records) {
        super(kafka);
        this.records = records;
    }

    @Override
    protected SourceReader<T, KafkaPartitionSplit> wrap(SourceReader<T, KafkaPartitionSplit> reader) {
        return new RewindingReader<>(reader, records);
    }

    private static final class RewindingReader<T> extends DelegatingReader<T> {

        private final EndMarkers records;

        RewindingReader(SourceReader<T, KafkaPartitionSplit> reader, EndMarkers records) {
            super(reader);
            this.records = records;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return super.snapshotState(checkpointId).stream().map(this::rewind).toList();
        }

        private KafkaPartitionSplit rewind(KafkaPartitionSplit split) {
            long marker = records.endMarker(split.getPartition()).orElse(Long.MAX_VALUE);
            return marker < split.getStartingOffset()
                    ? new KafkaPartitionSplit(split.getTopicPartition(), marker)
                    : split;
        }
    }
}
