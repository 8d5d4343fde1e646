package io.tidemark.jobs.rules;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.canary.RunningReleases;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.ControlFeed;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Turns the findings of all tenants under one rule into signals, at a common tick: who explains whom, what began, what goes
 * on, what is over. Keyed by rule.
 */
final class SignalOperator extends AbstractStreamOperator<OutputRecord>
        implements OneInputStreamOperator<Finding, OutputRecord> {

    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<byte[]> EPISODES =
            new ValueStateDescriptor<>("rule-episodes-v1", BytePrimitiveArraySerializer.INSTANCE);
    private static final ListStateDescriptor<byte[]> COUNTERS =
            new ListStateDescriptor<>("signal-counters-v1", BytePrimitiveArraySerializer.INSTANCE);
    private static final byte COUNTERS_VERSION = 1;
    private static final long TICK_MILLIS = 10_000;

    private final RulesConfig config;
    private final int signalPartitions;

    private transient ValueState<byte[]> stored;
    private transient ListState<byte[]> counters;
    private transient Map<String, RuleEpisodes> rules;
    private transient AvroDeserializer<Signal> reader;
    private transient SignalEncoder encoder;
    private transient StreamRecord<OutputRecord> outgoing;
    private transient long signalCount;
    private transient ControlFeed<Release> feed;
    private transient RunningReleases releases;

    /** @param signalPartitions partitions of the signals topic, which get the end marker of a replay; 0 for none */
    SignalOperator(RulesConfig config, int signalPartitions) {
        this.config = config;
        this.signalPartitions = signalPartitions;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        stored = context.getKeyedStateStore().getState(EPISODES);
        counters = context.getOperatorStateStore().getListState(COUNTERS);
        for (byte[] record : counters.get()) {
            ByteReader counter = new ByteReader().over(record, 0, record.length);
            int version = counter.readByte();
            if (version != COUNTERS_VERSION) {
                throw new IllegalStateException("signal counters have version %d; this build reads version %d"
                        .formatted(version, COUNTERS_VERSION));
            }
            signalCount += counter.readUnsigned();
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        SchemaRegistry registry = config.registry().connect();
        reader = new AvroDeserializer<>(registry, Signal.class);
        encoder = new SignalEncoder(new AvroSerializer<>(registry, TopicCatalogue.SIGNALS), config.run());
        outgoing = new StreamRecord<>(null);
        rules = new TreeMap<>();
        releases = new RunningReleases();
        feed = config.releases().open();
        getKeyedStateBackend()
                .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, EPISODES, this::restore);
        var metrics = getMetricGroup().addGroup(PrometheusReporter.GROUP);
        metrics.gauge("rules_signals", () -> signalCount);
        metrics.gauge(
                "rules_open_episodes",
                () -> rules.values().stream().mapToInt(RuleEpisodes::size).sum());
    }

    private void restore(Object rule, ValueState<byte[]> record) throws Exception {
        rules.put((String) rule, RuleEpisodes.fromBytes(record.value()));
    }

    @Override
    public void processElement(StreamRecord<Finding> element) {
        Finding finding = element.getValue();
        rules.computeIfAbsent(finding.rule(), unused -> new RuleEpisodes()).add(finding);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        boolean isEnd = mark.getTimestamp() == Long.MAX_VALUE;
        long tick =
                isEnd ? Long.MAX_VALUE : mark.getTimestamp() + 1 - Math.floorMod(mark.getTimestamp() + 1, TICK_MILLIS);
        feed.poll().forEach(releases::add);
        for (RuleEpisodes rule : rules.values()) {
            rule.advance(tick, reader, this::emit);
        }
        super.processWatermark(mark);
        if (isEnd) {
            markEnd();
            reportProgress();
        }
    }

    private void emit(Signal signal, boolean autoscaling) {
        signalCount++;
        attribute(signal);
        output.collect(outgoing.replace(autoscaling ? encoder.autoscaling(signal) : encoder.signal(signal)));
    }

    /** A version that is being rolled out is told with what is new about it. */
    private void attribute(Signal signal) {
        SliceRef slice = signal.getSlice();
        if (slice.getVersion() == null) {
            return;
        }
        releases.of(
                        VersionTuple.from(slice.getVersion()),
                        slice.getTenant(),
                        signal.getEventTime().toEpochMilli())
                .ifPresent(change -> {
                    signal.setAttribution(change.attribution());
                    signal.setSummary("%s; release %s rolls it out".formatted(signal.getSummary(), change.releaseId()));
                });
    }

    @Override
    public void close() throws Exception {
        if (feed != null) {
            feed.close();
        }
        super.close();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        List<String> over = new ArrayList<>();
        for (Map.Entry<String, RuleEpisodes> rule : rules.entrySet()) {
            setCurrentKey(rule.getKey());
            if (rule.getValue().isEmpty()) {
                stored.clear();
                over.add(rule.getKey());
            } else if (rule.getValue().takeChanged()) {
                stored.update(rule.getValue().toBytes());
            }
        }
        over.forEach(rules::remove);
        ByteWriter writer = new ByteWriter(Long.BYTES * 2);
        writer.writeByte(COUNTERS_VERSION);
        writer.writeUnsigned(signalCount);
        counters.update(List.of(writer.toByteArray()));
        super.snapshotState(context);
    }

    private void markEnd() {
        String topic = TopicCatalogue.SIGNALS.nameInRun(config.run());
        for (int partition = 0; partition < signalPartitions; partition++) {
            output.collect(
                    outgoing.replace(OutputRecord.mark(topic, partition, RecordHeaders.END_MARKER, config.run())));
        }
    }

    private void reportProgress() {
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        String json = "{\"stage\":\"rules\",\"subtask\":%d,\"parallelism\":%d,\"signals\":%d}"
                .formatted(subtask, getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(), signalCount);
        String topic = TopicCatalogue.PROGRESS.nameInRun(config.run());
        output.collect(outgoing.replace(OutputRecord.json(topic, "rules-" + subtask, json)));
    }
}
