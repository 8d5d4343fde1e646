package io.tidemark.assembly.stream;

import io.tidemark.assembly.trace.AssembledTrace;
import io.tidemark.assembly.trace.SpanBatches;
import io.tidemark.assembly.trace.TraceAssembly;
import io.tidemark.contracts.avro.LooseSpan;
import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Joins the spans of a trace. Time is that of Kafka's append, so that a backlog is joined as it would have been live; while nothing comes it goes on with
 * the wall clock, so that the last traces are finished too.
 */
final class TraceAssembler implements Processor<byte[], byte[], byte[], byte[]> {

    static final String OPEN = "open";
    static final String FINISHED = "finished";
    static final String TRACES = "traces";
    static final String LOOSE_SPANS = "loose-spans";
    static final String DEAD_LETTERS = "dead-letters";

    private static final Duration PERIOD = Duration.ofMillis(250);

    private final AssemblyLimits limits;
    private final AssemblyMetrics metrics;
    private final SchemaRegistry registry;
    private final Map<Bytes, Integer> openSpans = new HashMap<>();
    private final Map<Bytes, Long> openedAt = new HashMap<>();
    private final Deadlines open = new Deadlines();
    private final Deadlines finished = new Deadlines();

    private AvroDeserializer<SpanBatch> reader;
    private AvroSerializer<SpanBatch> stateWriter;
    private AvroSerializer<io.tidemark.contracts.avro.Trace> traceWriter;
    private AvroSerializer<LooseSpan> looseWriter;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> openStore;
    private KeyValueStore<Bytes, byte[]> finishedStore;
    private int waiting;
    private long streamTimeMillis;
    private long lastRecordMillis;

    TraceAssembler(AssemblyLimits limits, AssemblyMetrics metrics, SchemaRegistry registry) {
        this.limits = limits;
        this.metrics = metrics;
        this.registry = registry;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        reader = new AvroDeserializer<>(registry, SpanBatch.class);
        stateWriter = new AvroSerializer<>(registry, TopicCatalogue.SPANS);
        traceWriter = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
        looseWriter = new AvroSerializer<>(registry, TopicCatalogue.LOOSE_SPANS);
        openStore = context.getStateStore(OPEN);
        finishedStore = context.getStateStore(FINISHED);
        lastRecordMillis = context.currentSystemTimeMs();
        restore();
        context.schedule(PERIOD, PunctuationType.WALL_CLOCK_TIME, now -> finishDue(nowMillis()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        streamTimeMillis = Math.max(streamTimeMillis, record.timestamp());
        lastRecordMillis = context.currentSystemTimeMs();
        Optional<SpanBatch> batch = read(record);
        if (batch.isPresent()) {
            take(Bytes.wrap(record.key()), batch.get(), record.timestamp());
            finishDue(streamTimeMillis);
        }
    }

    @Override
    public void close() {
        metrics.open(-waiting);
    }

    private void take(Bytes key, SpanBatch batch, long atMillis) {
        metrics.spans(batch.getSpans().size());
        byte[] known = finishedStore.get(key);
        if (known != null) {
            takeLate(key, reader.deserialize(FINISHED, known), batch, atMillis);
            return;
        }
        byte[] stored = openStore.get(key);
        SpanBatch all = stored == null ? SpanBatches.empty(batch) : reader.deserialize(OPEN, stored);
        SpanBatches.Merge merge = SpanBatches.merge(all, batch, limits.traceSpans());
        metrics.duplicates(merge.duplicates());
        metrics.dropped(merge.dropped());
        openStore.put(key, stateWriter.serialize(OPEN, all));
        remember(key, all, atMillis);
        while (waiting > limits.openSpans()) {
            metrics.early();
            finish(open.first().orElseThrow());
        }
    }

    private void remember(Bytes key, SpanBatch all, long atMillis) {
        int before = openSpans.getOrDefault(key, 0);
        openSpans.put(key, all.getSpans().size());
        waiting += all.getSpans().size() - before;
        metrics.open(all.getSpans().size() - before);
        long latest = openedAt.computeIfAbsent(key, each -> atMillis)
                + limits.patience().toMillis();
        boolean complete = !all.getSpans().isEmpty() && TraceAssembly.isComplete(all);
        open.set(key, complete ? Math.min(latest, atMillis + limits.settle().toMillis()) : latest);
    }

    /** Late model calls become inferences of their own, with what the trace is known to have said about its slice; other late spans stay loose. */
    private void takeLate(Bytes key, SpanBatch known, SpanBatch late, long atMillis) {
        Set<String> seen = new HashSet<>();
        known.getSpans().forEach(span -> seen.add(span.getSpan().getSpanId()));
        Set<String> fresh = new HashSet<>();
        for (ReceivedSpan span : late.getSpans()) {
            if (!seen.contains(span.getSpan().getSpanId())) {
                fresh.add(span.getSpan().getSpanId());
            }
        }
        metrics.duplicates(late.getSpans().size() - fresh.size());
        metrics.late(fresh.size());
        SpanBatches.merge(known, late, limits.traceSpans());
        byte[] kept = stateWriter.serialize(FINISHED, SpanBatches.remembered(known));
        emit(key, TraceAssembly.ofLate(known, fresh), atMillis);
        finishedStore.put(key, kept);
    }

    private void finishDue(long nowMillis) {
        for (Optional<Bytes> due = open.due(nowMillis); due.isPresent(); due = open.due(nowMillis)) {
            finish(due.get());
        }
        for (Optional<Bytes> due = finished.due(nowMillis); due.isPresent(); due = finished.due(nowMillis)) {
            forget(due.get());
        }
    }

    private void finish(Bytes key) {
        SpanBatch batch = reader.deserialize(OPEN, openStore.get(key));
        byte[] kept = stateWriter.serialize(FINISHED, SpanBatches.remembered(batch));
        AssembledTrace assembled = TraceAssembly.of(batch);
        metrics.assembled(assembled);
        emit(key, assembled, streamTimeMillis);
        int spans = openSpans.remove(key);
        waiting -= spans;
        metrics.open(-spans);
        openedAt.remove(key);
        open.remove(key);
        openStore.delete(key);
        finishedStore.put(key, kept);
        finished.set(key, streamTimeMillis + limits.remember().toMillis());
        if (finished.size() > limits.rememberedTraces()) {
            forget(finished.first().orElseThrow());
        }
    }

    private void forget(Bytes key) {
        finished.remove(key);
        finishedStore.delete(key);
    }

    private void emit(Bytes key, AssembledTrace assembled, long atMillis) {
        for (AssembledTrace.Inference inference : assembled.inferences()) {
            byte[] value = traceWriter.serialize(TopicCatalogue.TRACES.name(), inference.trace());
            context.forward(new Record<>(key.get(), value, atMillis), TRACES);
        }
        for (LooseSpan span : assembled.loose()) {
            byte[] value = looseWriter.serialize(TopicCatalogue.LOOSE_SPANS.name(), span);
            context.forward(new Record<>(key.get(), value, atMillis), LOOSE_SPANS);
        }
        metrics.loose(assembled.loose().size());
    }

    private long nowMillis() {
        return streamTimeMillis + Math.max(0, context.currentSystemTimeMs() - lastRecordMillis);
    }

    private void restore() {
        try (KeyValueIterator<Bytes, byte[]> stored = openStore.all()) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                SpanBatch batch = reader.deserialize(OPEN, entry.value);
                long receivedMillis = batch.getReceivedTime().toEpochMilli();
                streamTimeMillis = Math.max(streamTimeMillis, receivedMillis);
                remember(entry.key, batch, receivedMillis);
            }
        }
        try (KeyValueIterator<Bytes, byte[]> stored = finishedStore.all()) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                long receivedMillis = reader.deserialize(FINISHED, entry.value)
                        .getReceivedTime()
                        .toEpochMilli();
                finished.set(entry.key, receivedMillis + limits.remember().toMillis());
            }
        }
    }

    private Optional<SpanBatch> read(Record<byte[], byte[]> record) {
        try {
            if (record.key() == null || record.value() == null) {
                throw new NotARecordException("a span batch needs a key and a value");
            }
            return Optional.of(reader.deserialize(TopicCatalogue.SPANS.name(), record.value()));
        } catch (NotARecordException e) {
            refuse(record, RefusalReason.NOT_A_RECORD, e);
        } catch (UnknownSchemaException e) {
            refuse(record, RefusalReason.UNKNOWN_SCHEMA_ID, e);
        } catch (SerializationException e) {
            refuse(record, RefusalReason.UNREADABLE_BODY, e);
        }
        return Optional.empty();
    }

    private void refuse(Record<byte[], byte[]> record, RefusalReason reason, Exception cause) {
        metrics.poison();
        Record<byte[], byte[]> refused = record.withHeaders(
                DeadLetterHeaders.of(record.headers(), context.recordMetadata(), reason, cause.getMessage()));
        context.forward(refused, DEAD_LETTERS);
    }
}
