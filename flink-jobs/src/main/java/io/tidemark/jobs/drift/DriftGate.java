package io.tidemark.jobs.drift;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Drift;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Decides over all drift tests of a tick together: false discoveries, size, who moved and who explains it. It writes every
 * test as a record, and signals for what moved. It runs once, because a cause can only be found among all slices; it sees
 * one record for each slice, measure and window and nothing of the traffic.
 */
public final class DriftGate extends AbstractStreamOperator<OutputRecord>
        implements OneInputStreamOperator<DriftTest, OutputRecord> {

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> WAITING =
            new ListStateDescriptor<>("drift-tests-v1", BytesSerializer.INSTANCE);
    private static final ListStateDescriptor<byte[]> EPISODES =
            new ListStateDescriptor<>("drift-episodes-v1", BytesSerializer.INSTANCE);
    private static final int INITIAL_BYTES = 1_024;

    private final DriftPolicy policy;
    private final RegistryFactory registry;
    private final String run;

    private transient ListState<byte[]> waitingState;
    private transient ListState<byte[]> episodeState;
    private transient TreeMap<Long, List<DriftTest>> waiting;
    private transient DriftEpisodes episodes;
    private transient AvroSerializer<Drift> drifts;
    private transient AvroSerializer<Signal> signals;
    private transient String driftTopic;
    private transient String signalsTopic;
    private transient StreamRecord<OutputRecord> outgoing;
    private transient long decided;
    private transient long signalled;

    /**
     * The gate of a run.
     *
     * @param policy when a test counts
     * @param registry connects to the schema registry
     * @param run name of the replay run; empty for live traffic
     */
    public DriftGate(DriftPolicy policy, RegistryFactory registry, String run) {
        this.policy = policy;
        this.registry = registry;
        this.run = run;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waiting = new TreeMap<>();
        episodes = new DriftEpisodes(this::emit);
        waitingState = context.getOperatorStateStore().getListState(WAITING);
        episodeState = context.getOperatorStateStore().getListState(EPISODES);
        DriftTestSerializer serializer = new DriftTestSerializer();
        for (byte[] record : waitingState.get()) {
            keep(serializer.deserialize(new DataInputDeserializer(record)));
        }
        for (byte[] record : episodeState.get()) {
            episodes.restore(record);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        SchemaRegistry connected = registry.connect();
        drifts = new AvroSerializer<>(connected, TopicCatalogue.DRIFT);
        signals = new AvroSerializer<>(connected, TopicCatalogue.SIGNALS);
        driftTopic = TopicCatalogue.DRIFT.nameInRun(run);
        signalsTopic = TopicCatalogue.SIGNALS.nameInRun(run);
        outgoing = new StreamRecord<>(null);
        var metrics = getMetricGroup().addGroup(PrometheusReporter.GROUP);
        metrics.gauge("drift_tests", () -> decided);
        metrics.gauge("drift_signals", () -> signalled);
        metrics.gauge("drift_open_episodes", () -> episodes.size());
    }

    @Override
    public void processElement(StreamRecord<DriftTest> element) {
        keep(element.getValue());
    }

    private void keep(DriftTest test) {
        waiting.computeIfAbsent(test.tickMillis(), unused -> new ArrayList<>()).add(test);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        while (!waiting.isEmpty() && waiting.firstKey() - 1 <= mark.getTimestamp()) {
            Map.Entry<Long, List<DriftTest>> tick = waiting.pollFirstEntry();
            episodes.advance(tick.getKey() - 1);
            decide(tick.getValue());
            report("drift-window", "\"end_millis\":%d".formatted(tick.getKey()));
        }
        if (mark.getTimestamp() < Long.MAX_VALUE) {
            episodes.advance(mark.getTimestamp());
        }
        super.processWatermark(mark);
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            report("drift", "\"tests\":%d,\"signals\":%d".formatted(decided, signalled));
        }
    }

    private void decide(List<DriftTest> tick) {
        DriftHierarchy hierarchy = new DriftHierarchy(policy, Discoveries.adjusted(tick));
        for (List<DriftTest> comparable : comparable(tick).values()) {
            for (DriftDecision decision : hierarchy.decide(comparable)) {
                decided++;
                emit(DriftRecords.drift(decision));
                episodes.add(decision);
            }
        }
    }

    /** Tests of one measure, window, reference and role: those that may explain one another. */
    private static Map<String, List<DriftTest>> comparable(List<DriftTest> tick) {
        Map<String, List<DriftTest>> groups = new LinkedHashMap<>();
        for (DriftTest test : tick) {
            String group =
                    DriftRecords.ruleId(test) + "|" + test.slice().getRole() + "|" + test.isAgainstPreviousWindow();
            groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(test);
        }
        return groups;
    }

    private void emit(Drift drift) {
        String key = drift.getMeasure() + "|" + SliceKey.of(drift.getSlice());
        emit(driftTopic, key, drifts.serialize(driftTopic, drift));
    }

    private void emit(String key, Signal signal) {
        signalled++;
        emit(signalsTopic, key, signals.serialize(signalsTopic, signal));
    }

    private void emit(String topic, String key, byte[] value) {
        output.collect(outgoing.replace(OutputRecord.of(topic, key.getBytes(StandardCharsets.UTF_8), value)));
    }

    /** Says how far the job has come: a replay waits as long as windows are decided, however slow the texts are. */
    private void report(String stage, String figures) {
        String json = "{\"stage\":\"%s\",%s}".formatted(stage, figures);
        output.collect(outgoing.replace(OutputRecord.json(TopicCatalogue.PROGRESS.nameInRun(run), stage, json)));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        List<byte[]> tests = new ArrayList<>();
        for (List<DriftTest> tick : waiting.values()) {
            for (DriftTest test : tick) {
                tests.add(bytes(test));
            }
        }
        waitingState.update(tests);
        episodeState.update(episodes.toRecords());
        super.snapshotState(context);
    }

    private static byte[] bytes(DriftTest test) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        new DriftTestSerializer().serialize(test, target);
        return target.getCopyOfBuffer();
    }
}
