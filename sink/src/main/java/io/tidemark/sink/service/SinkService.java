package io.tidemark.sink.service;

import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.registry.RegistryUnavailableException;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.sink.insert.InsertPath;
import io.tidemark.sink.table.StoredTopic;
import io.tidemark.sink.transcode.RowWriter;
import io.tidemark.sink.transcode.VersionIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of the sink: polls, builds batches, stores intents, hands batches to the inserter, commits what is stored. */
public final class SinkService implements Runnable, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SinkService.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration HAND_OVER = Duration.ofSeconds(10);
    private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final RowBuilder rows;
    private final Inserter inserter;
    private final BatchLimits limits;
    private final SinkMetrics metrics;
    private final VersionIds versionIds = new VersionIds();
    private final TraceAdmission admission;
    private final CommittedOffsets offsets;
    private final AssignedFlows flows;
    private volatile boolean stopped;

    /**
     * @param consumer without automatic commits, reading committed records only; closed by this service
     * @param deadLetters idempotent producer; not closed by this service
     * @param topics what to read, by the name that the topic has in this run
     * @param parallelInserts inserts that run at the same time, each of another partition
     */
    public SinkService(
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> deadLetters,
            SchemaRegistry registry,
            InsertPath path,
            Map<String, StoredTopic> topics,
            BatchLimits limits,
            int parallelInserts,
            SinkMetrics metrics) {
        this.consumer = consumer;
        this.topics = List.copyOf(topics.keySet());
        this.offsets = new CommittedOffsets(consumer);
        this.flows = new AssignedFlows(offsets, topics, HAND_OVER);
        this.rows = new RowBuilder(registry);
        this.inserter = new Inserter(path, new DeadLetters(deadLetters), metrics, parallelInserts);
        this.limits = limits;
        this.admission = new TraceAdmission(limits.maximumFuture());
        this.metrics = metrics;
    }

    /** Works until {@link #close()} is called; then what is being inserted is finished and committed. */
    @Override
    public void run() {
        try {
            consumer.subscribe(topics, flows);
            while (!stopped) {
                accept(consumer.poll(POLL));
                advance();
            }
        } catch (WakeupException e) {
            if (!stopped) {
                throw e;
            }
        } catch (RuntimeException | Error e) {
            flows.abandon();
            throw e;
        } finally {
            // leaving the group hands the partitions over, which finishes what is in flight
            consumer.close(CloseOptions.timeout(HAND_OVER));
            inserter.close();
        }
    }

    @Override
    public void close() {
        stopped = true;
        offsets.stop();
        consumer.wakeup();
    }

    private void accept(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            PartitionFlow flow = flows.get(partition);
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (!accept(flow, record)) {
                    break;
                }
            }
            flow.measureOpen();
        }
    }

    private boolean accept(PartitionFlow flow, ConsumerRecord<byte[], byte[]> record) {
        if (flow.reachesIntendedEnd(record.offset())) {
            flow.sealRepeated(newBatch(flow));
        }
        if (flow.open() == null) {
            flow.open(newBatch(flow));
        }
        try {
            rows.add(record, flow.open());
        } catch (RegistryUnavailableException e) {
            LOGGER.warn("partition {} waits at offset {}: {}", flow.partition(), record.offset(), e.getMessage());
            consumer.seek(flow.partition(), record.offset());
            flow.blockUntil(System.nanoTime() + REGISTRY_PAUSE.toNanos());
            return false;
        }
        flow.advanceTo(record.offset() + 1);
        return true;
    }

    private Batch newBatch(PartitionFlow flow) {
        RowWriter writer = new RowWriter(flow.topic(), versionIds, admission);
        return new Batch(flow.partition(), flow.topic(), writer, flow.next(), System.nanoTime());
    }

    /** Everything that follows from what was read and what was inserted. */
    private void advance() {
        long buffered = flows.all().stream().mapToLong(PartitionFlow::bytes).sum();
        boolean full = buffered > limits.bufferedBytes();
        for (PartitionFlow flow : flows.all()) {
            finishInsert(flow);
            sealIfDue(flow, full);
        }
        commitAndInsert();
        pauseAndResume(full);
        report(buffered);
    }

    private void finishInsert(PartitionFlow flow) {
        if (!flow.isInsertDone()) {
            return;
        }
        try {
            flow.insert().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("insert from partition " + flow.partition() + " broke down", e.getCause());
        }
        flow.inserted();
    }

    private void sealIfDue(PartitionFlow flow, boolean full) {
        if (flow.sealed() != null) {
            return;
        }
        if (flow.isRepeating()) {
            if (flow.reachesIntendedEnd(offsets.position(flow.partition()))) {
                flow.sealRepeated(newBatch(flow));
            }
            return;
        }
        Batch open = flow.open();
        if (open == null) {
            return;
        }
        if (open.isEmpty()) {
            passEmpty(flow);
        } else if (isFull(flow, open) || (!flow.isInserting() && (full || isOld(open)))) {
            flow.seal();
        }
    }

    /** While the batch before is still being inserted, waiting costs nothing and makes a larger insert. */
    private boolean isOld(Batch open) {
        return System.nanoTime() - open.openedNanos() >= limits.age().toNanos();
    }

    /** A batch of nothing but markers needs no insert when all before it is stored. */
    private static void passEmpty(PartitionFlow flow) {
        if (!flow.isInserting()) {
            flow.passedTo(flow.open().end());
            flow.open(null);
        }
    }

    private boolean isFull(PartitionFlow flow, Batch open) {
        return open.writer().rows() + open.refused().size() >= limits.rows() || flow.openBytes() >= limits.bytes();
    }

    /** Tells Kafka in one request what is stored and what is begun, and only then begins it. */
    private void commitAndInsert() {
        Map<TopicPartition, OffsetAndMetadata> toCommit = new HashMap<>();
        for (PartitionFlow flow : flows.all()) {
            if (flow.isInserting()) {
                continue;
            }
            if (flow.sealed() != null) {
                toCommit.put(
                        flow.partition(),
                        CommitMetadata.intent(
                                flow.sealed().start(), flow.sealed().end()));
            } else if (storedOffset(flow) > flow.committed()) {
                toCommit.put(flow.partition(), CommitMetadata.done(flow.stored()));
            }
        }
        if (!toCommit.isEmpty() && offsets.commit(toCommit)) {
            toCommit.forEach((partition, offset) -> begin(flows.get(partition), offset.offset()));
        }
    }

    /** Without a batch the consumer's own position tells more: it also passes the markers of transactions. */
    private long storedOffset(PartitionFlow flow) {
        if (flow.isIdle() && !flow.isRepeating() && !flow.isBlocked(System.nanoTime())) {
            flow.passedTo(offsets.position(flow.partition()));
        }
        return flow.stored();
    }

    private void begin(PartitionFlow flow, long committedOffset) {
        flow.committed(committedOffset);
        if (flow.sealed() != null) {
            flow.inserting(inserter.submit(flow.sealed()));
        }
    }

    private void pauseAndResume(boolean full) {
        long now = System.nanoTime();
        Map<Boolean, List<TopicPartition>> wanted = flows.all().stream()
                .collect(Collectors.partitioningBy(
                        flow -> (!flow.isRepeating() && (full || flow.sealed() != null)) || flow.isBlocked(now),
                        Collectors.mapping(PartitionFlow::partition, Collectors.toList())));
        consumer.pause(wanted.get(true));
        consumer.resume(wanted.get(false));
    }

    private void report(long buffered) {
        metrics.bufferedBytes(buffered);
        Map<StoredTopic, Long> lag = new HashMap<>();
        for (PartitionFlow flow : flows.all()) {
            long behind = consumer.currentLag(flow.partition()).orElse(0) + flow.next() - flow.stored();
            lag.merge(flow.topic(), behind, Long::sum);
        }
        lag.forEach(metrics::lag);
    }
}
