package io.tidemark.jobs.source;

import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.trace.MalformedTraceException;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import io.tidemark.registry.WireFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes a Kafka record as it is; of its body only the event time is read here, for the watermark of its partition. */
final class RawTraceReader implements KafkaRecordDeserializationSchema<RawTrace>, EndMarkers {

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final byte[] NOTHING = {};

    private final RegistryFactory registry;
    private transient Projections projections;
    private transient Map<Integer, Long> endMarkers;

    RawTraceReader(RegistryFactory registry) {
        this.registry = registry;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        projections = new Projections(registry.connect(), Set.of());
        endMarkers = new HashMap<>();
    }

    @Override
    public OptionalLong endMarker(int partition) {
        Long offset = endMarkers == null ? null : endMarkers.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawTrace> target) {
        byte[] value = record.value();
        boolean ends = value == null && record.headers().lastHeader(RecordHeaders.END_MARKER) != null;
        if (ends) {
            endMarkers.put(record.partition(), record.offset());
        }
        byte[] readable = value == null && !ends ? NOTHING : value;
        long candidate = ends ? RawTrace.NO_TIME : candidateMillis(readable, record.timestamp());
        target.collect(new RawTrace(
                record.key(), readable, record.partition(), record.offset(), record.timestamp(), candidate));
    }

    private long candidateMillis(byte[] value, long appendTimeMillis) {
        try {
            long eventTime = projections.of(value).eventTimeMicros(value, WireFormat.HEADER_BYTES);
            return eventTime <= 0
                    ? RawTrace.NO_TIME
                    : Math.min(Math.floorDiv(eventTime, MICROS_PER_MILLI), appendTimeMillis);
        } catch (NotARecordException | UnknownSchemaException | MalformedTraceException e) {
            return RawTrace.NO_TIME;
        }
    }

    @Override
    public TypeInformation<RawTrace> getProducedType() {
        return RawTrace.TYPE;
    }
}
