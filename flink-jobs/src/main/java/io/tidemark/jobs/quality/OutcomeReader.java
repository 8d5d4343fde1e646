package io.tidemark.jobs.quality;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.jobs.quality.join.JoinKey;
import io.tidemark.jobs.quality.join.LedgerCodec;
import io.tidemark.jobs.quality.join.OutcomeChecks;
import io.tidemark.jobs.sampling.SampleSettings;
import io.tidemark.jobs.sampling.StratifiedSampler;
import io.tidemark.jobs.source.EndMarkers;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads outcomes, checks them, and says what they meet their inference under. What cannot be read, or names no tenant, is
 * passed over: the sink, which sees every record, puts it aside.
 */
final class OutcomeReader implements KafkaRecordDeserializationSchema<KeyedRecord>, EndMarkers {

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000;

    private final RegistryFactory registry;
    private final SampleSettings sampling;
    private transient AvroDeserializer<Outcome> outcomes;
    private transient Map<Integer, Long> ends;

    OutcomeReader(RegistryFactory registry, SampleSettings sampling) {
        this.registry = registry;
        this.sampling = sampling;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        outcomes = new AvroDeserializer<>(registry.connect(), Outcome.class);
        ends = new HashMap<>();
    }

    @Override
    public OptionalLong endMarker(int partition) {
        Long offset = ends == null ? null : ends.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<KeyedRecord> target) {
        if (record.value() == null) {
            if (record.headers().lastHeader(RecordHeaders.END_MARKER) != null) {
                ends.put(record.partition(), record.offset());
                target.collect(OutcomeTime.end());
            }
            return;
        }
        try {
            Outcome outcome = outcomes.deserialize(record.topic(), record.value());
            if (!outcome.getTenant().isEmpty()) {
                target.collect(keyed(outcome, record.timestamp()));
            }
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            // the sink puts it aside, with its reason
        }
    }

    private KeyedRecord keyed(Outcome outcome, long appendMillis) {
        OutcomeChecks checks = OutcomeChecks.of(outcome, appendMillis);
        if (checks.learned() == null) {
            return unused(outcome, checks.refusal(), appendMillis);
        }
        boolean hasTrace = !outcome.getTraceId().isEmpty();
        boolean hasSlice = !checks.learned().slice().isEmpty();
        if (hasTrace && !hasSlice && !StratifiedSampler.mayTake(sampling, outcome.getTenant(), outcome.getTraceId())) {
            return unused(outcome, "unsampled", appendMillis);
        }
        if (!hasTrace && !hasSlice && outcome.getSessionId() == null) {
            return unused(outcome, "no_subject", appendMillis);
        }
        return new KeyedRecord(
                key(outcome, hasTrace),
                KeyedRecord.OUTCOME,
                LedgerCodec.bytes(checks.learned()),
                checks.learned().observedMicros());
    }

    private static String key(Outcome outcome, boolean hasTrace) {
        if (hasTrace) {
            return JoinKey.ofTrace(outcome.getTenant(), outcome.getTraceId());
        }
        return outcome.getSessionId() == null
                ? JoinKey.ofOutcome(outcome.getTenant(), outcome.getOutcomeId())
                : JoinKey.ofSession(outcome.getTenant(), outcome.getSessionId());
    }

    /** Its time is when it came, wherever its own cannot be trusted. */
    private static KeyedRecord unused(Outcome outcome, String reason, long appendMillis) {
        long observed = ChronoUnit.MICROS.between(Instant.EPOCH, outcome.getObservedTime());
        long micros =
                observed > 0 ? Math.min(observed, appendMillis * MICROS_PER_MILLI) : appendMillis * MICROS_PER_MILLI;
        return new KeyedRecord(
                JoinKey.ofOutcome(outcome.getTenant(), reason),
                KeyedRecord.UNUSED,
                reason.getBytes(StandardCharsets.UTF_8),
                micros);
    }

    @Override
    public TypeInformation<KeyedRecord> getProducedType() {
        return KeyedRecord.TYPE;
    }
}
