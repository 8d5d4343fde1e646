package io.tidemark.alerts.topology;

import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reads the records of one topic as signals. What cannot be read goes to the dead-letter topic with its bytes and the reason; of a topic
 * that the sink stores it is only counted, because each topic has one writer of dead letters.
 */
final class SignalReader implements Processor<byte[], byte[], Object, Object> {

    private final String source;
    private final Function<byte[], Signal> decoder;
    private final LifecycleMetrics metrics;
    private final boolean writesDeadLetters;
    private ProcessorContext<Object, Object> context;

    SignalReader(String source, Function<byte[], Signal> decoder, LifecycleMetrics metrics, boolean writesDeadLetters) {
        this.source = source;
        this.decoder = decoder;
        this.metrics = metrics;
        this.writesDeadLetters = writesDeadLetters;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> raw) {
        if (raw.headers().lastHeader(RecordHeaders.END_MARKER) != null) {
            forward(raw, new Incoming(null, source));
            return;
        }
        try {
            Signal signal = decoder.apply(raw.value());
            if (signal == null) {
                throw new NotARecordException("a record without a value");
            }
            if (signal.getRuleId().isEmpty()) {
                refuse(raw, RefusalReason.INVALID_FIELD, "rule_id is empty");
            } else {
                forward(raw, new Incoming(signal, source));
            }
        } catch (NotARecordException e) {
            refuse(raw, RefusalReason.NOT_A_RECORD, e.getMessage());
        } catch (UnknownSchemaException e) {
            refuse(raw, RefusalReason.UNKNOWN_SCHEMA_ID, e.getMessage());
        } catch (SerializationException e) {
            refuse(raw, RefusalReason.UNREADABLE_BODY, e.getMessage());
        }
    }

    private void forward(Record<byte[], byte[]> raw, Incoming incoming) {
        context.forward(raw.withKey((Object) source).withValue((Object) incoming), LifecycleTopology.LIFECYCLE);
    }

    private void refuse(Record<byte[], byte[]> raw, RefusalReason reason, String detail) {
        metrics.refused(source);
        if (!writesDeadLetters) {
            return;
        }
        RecordMetadata origin = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record from a topic has metadata"));
        Headers headers = raw.headers();
        add(headers, RecordHeaders.SOURCE_TOPIC, origin.topic());
        add(headers, RecordHeaders.SOURCE_PARTITION, Integer.toString(origin.partition()));
        add(headers, RecordHeaders.SOURCE_OFFSET, Long.toString(origin.offset()));
        add(headers, RecordHeaders.REASON, reason.name());
        add(headers, RecordHeaders.REASON_DETAIL, detail);
        add(headers, RecordHeaders.REFUSED_BY, "alert-lifecycle");
        context.forward(
                raw.withKey((Object) raw.key()).withValue((Object) raw.value()).withHeaders(headers),
                LifecycleTopology.deadLetters(source));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
