package io.tidemark.sink.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.sink.table.StoredTopic;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the sink tells about itself. */
public final class SinkMetrics {

    private final MeterRegistry registry;
    private final Map<StoredTopic, AtomicLong> lag = new EnumMap<>(StoredTopic.class);
    private final AtomicLong bufferedBytes = new AtomicLong();
    private final Set<Batch> failing = ConcurrentHashMap.newKeySet();

    public SinkMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (StoredTopic topic : StoredTopic.all()) {
            AtomicLong records = new AtomicLong();
            lag.put(topic, records);
            registry.gauge("tidemark.sink.lag.records", Tags.of("topic", name(topic)), records);
        }
        registry.gauge("tidemark.sink.buffered.bytes", bufferedBytes);
        registry.gauge("tidemark.sink.failing.batches", failing, Set::size);
    }

    /** Batches whose last attempt failed. */
    public int failingBatches() {
        return failing.size();
    }

    void timeInsert(StoredTopic topic, Runnable insert) {
        Timer.builder("tidemark.sink.insert")
                .description("time of one insert, failed ones included")
                .tag("table", topic.table())
                .register(registry)
                .record(insert);
    }

    void inserted(StoredTopic topic, int rows) {
        registry.counter("tidemark.sink.rows", "table", topic.table()).increment(rows);
        registry.counter("tidemark.sink.batches", "table", topic.table()).increment();
    }

    void refused(StoredTopic topic, RefusalReason reason) {
        registry.counter("tidemark.sink.dead.letters", "topic", name(topic), "reason", reason.name())
                .increment();
    }

    void failed(Batch batch) {
        failing.add(batch);
        registry.counter("tidemark.sink.retries", "table", batch.topic().table())
                .increment();
    }

    void recovered(Batch batch) {
        failing.remove(batch);
    }

    void forget(Batch batch) {
        failing.remove(batch);
    }

    void lag(StoredTopic topic, long records) {
        lag.get(topic).set(records);
    }

    void bufferedBytes(long bytes) {
        bufferedBytes.set(bytes);
    }

    private static String name(StoredTopic topic) {
        return topic.topic().name();
    }
}
