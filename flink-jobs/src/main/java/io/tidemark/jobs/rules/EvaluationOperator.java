package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Rule;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.model.AlertRule;
import io.tidemark.jobs.rules.model.RuleParser;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.ControlFeed;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Judges the slices of each tenant, tick after tick: a tick comes every ten seconds of event time, when all rows of the
 * panes that end there are known. The first row of a pane counts; what restates it later changes no decision.
 *
 * <p>The slices lie in memory and go into the state with each checkpoint, those that changed; rows that wait for their tick
 * are in the state at once.
 */
final class EvaluationOperator extends AbstractStreamOperator<Finding>
        implements OneInputStreamOperator<PaneRow, Finding> {

    private static final long serialVersionUID = 1L;
    private static final MapStateDescriptor<String, byte[]> SLICES = new MapStateDescriptor<>(
            "rule-slices-v1", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
    private static final MapStateDescriptor<String, byte[]> WAITING = new MapStateDescriptor<>(
            "waiting-panes-v1", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
    private static final ListStateDescriptor<byte[]> CLOCK =
            new ListStateDescriptor<>("rule-clock-v1", BytePrimitiveArraySerializer.INSTANCE);
    private static final byte CLOCK_VERSION = 1;
    private static final long TICK_MILLIS = 10_000;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long CAUTION_MILLIS = 60_000;
    private static final long NEVER = Long.MIN_VALUE;
    private static final SortedSet<String> NOTHING = Collections.emptySortedSet();

    private final RulesConfig config;

    private transient MapState<String, byte[]> storedSlices;
    private transient MapState<String, byte[]> storedPanes;
    private transient ListState<byte[]> clock;
    private transient Map<String, SliceGroup> groups;
    private transient WaitingPanes waiting;
    private transient AvroSerializer<Signal> signals;
    private transient ControlFeed<Rule> feed;
    private transient RuleBook book;
    private transient StreamRecord<Finding> outgoing;
    private transient Counter latePanes;
    private transient long lastTickMillis;
    private transient long storedBytes;
    private transient long toldMillis;
    private transient long toldAtMillis;
    private transient long forwardedMillis;

    EvaluationOperator(RulesConfig config) {
        this.config = config;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        storedSlices = context.getKeyedStateStore().getMapState(SLICES);
        storedPanes = context.getKeyedStateStore().getMapState(WAITING);
        clock = context.getOperatorStateStore().getUnionListState(CLOCK);
        lastTickMillis = NEVER;
        for (byte[] record : clock.get()) {
            ByteReader reader = new ByteReader().over(record, 0, record.length);
            int version = reader.readByte();
            if (version != CLOCK_VERSION) {
                throw new IllegalStateException("the clock of the rules has version %d; this build reads version %d"
                        .formatted(version, CLOCK_VERSION));
            }
            lastTickMillis = Math.max(lastTickMillis, reader.readSigned());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        groups = new HashMap<>();
        outgoing = new StreamRecord<>(null);
        SchemaRegistry registry = config.registry().connect();
        waiting = new WaitingPanes(storedPanes, new AvroDeserializer<>(registry, WindowRow.class));
        signals = new AvroSerializer<>(registry, TopicCatalogue.SIGNALS);
        book = new RuleBook(new RuleParser(config.lattice()));
        feed = config.rules().open();
        feed.poll().forEach(book::add);
        getKeyedStateBackend()
                .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, SLICES, this::restoreSlices);
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, WAITING, this::restoreWaiting);
        toldMillis = NEVER;
        forwardedMillis = NEVER;
        if (config.isLive() && !config.watchdog().isZero()) {
            watch();
        }
        var metrics = getMetricGroup().addGroup(PrometheusReporter.GROUP);
        latePanes = metrics.counter("rules_late_panes");
        metrics.gauge("rules_refused", () -> book.refused());
        metrics.gauge("rules_state_bytes", () -> storedBytes);
        metrics.gauge("rules_tick_seconds", () -> lastTickMillis == NEVER ? Double.NaN : lastTickMillis / 1_000.0);
    }

    private void restoreSlices(Object group, MapState<String, byte[]> slices) throws Exception {
        SliceGroup restored = groups.computeIfAbsent((String) group, unused -> new SliceGroup());
        for (Map.Entry<String, byte[]> slice : slices.entries()) {
            storedBytes += slice.getValue().length;
            restored.restore(slice.getKey(), StoredSlice.fromBytes(slice.getValue()));
        }
    }

    private void restoreWaiting(Object group, MapState<String, byte[]> panes) throws Exception {
        waiting.restore((String) group, panes.keys());
    }

    @Override
    public void processElement(StreamRecord<PaneRow> element) throws Exception {
        PaneRow pane = element.getValue();
        if (pane.isWord()) {
            return;
        }
        if (pane.endMillis() <= lastTickMillis) {
            latePanes.inc();
            return;
        }
        waiting.add(pane);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        toldMillis = mark.getTimestamp();
        toldAtMillis = getProcessingTimeService().getCurrentProcessingTime();
        advance(mark.getTimestamp());
    }

    private void advance(long timeMillis) throws Exception {
        feed.poll().forEach(book::add);
        for (long tick = nextTick(); tick <= lastTick(timeMillis); tick = nextTick()) {
            tick(tick);
            lastTickMillis = tick;
        }
        if (timeMillis == Long.MAX_VALUE && lastTickMillis != NEVER) {
            forward(lastTickMillis - 1);
        }
        forward(timeMillis);
    }

    /** At the end of a replay the last tick goes first, so that a breach that was over by then is told as over. */
    private void forward(long timeMillis) throws Exception {
        if (timeMillis > forwardedMillis) {
            forwardedMillis = timeMillis;
            super.processWatermark(new Watermark(timeMillis));
        }
    }

    private void watch() {
        long soon = getProcessingTimeService().getCurrentProcessingTime() + TICK_MILLIS;
        getProcessingTimeService().registerTimer(soon, this::goOnByTheClock);
    }

    /**
     * When all traffic stops nobody says what time it is, and silence would never be noticed. So after a while time goes on by
     * the clock, a minute behind; what comes later for that time is not judged.
     */
    private void goOnByTheClock(long dueMillis) throws Exception {
        boolean isKnown = toldMillis != NEVER && toldMillis != Long.MAX_VALUE && lastTickMillis != NEVER;
        long silentMillis = getProcessingTimeService().getCurrentProcessingTime() - toldAtMillis;
        if (isKnown && silentMillis >= config.watchdog().toMillis()) {
            advance(Math.max(forwardedMillis, toldMillis + silentMillis - CAUTION_MILLIS));
        }
        watch();
    }

    /** The end of time ends with the last pane: what never came is not judged. */
    private long lastTick(long watermarkMillis) {
        if (watermarkMillis == Long.MAX_VALUE) {
            return waiting.isEmpty() ? NEVER : waiting.last();
        }
        return watermarkMillis + 1 - Math.floorMod(watermarkMillis + 1, TICK_MILLIS);
    }

    private long nextTick() {
        long nextPane = waiting.isEmpty() ? Long.MAX_VALUE : waiting.first();
        boolean isHot = lastTickMillis != NEVER && groups.values().stream().anyMatch(SliceGroup::isHot);
        return isHot ? Math.min(lastTickMillis + TICK_MILLIS, nextPane) : nextPane;
    }

    private void tick(long tickMillis) throws Exception {
        Set<String> due = new TreeSet<>();
        groups.forEach((name, group) -> {
            if (group.isHot()) {
                due.add(name);
            }
        });
        SortedMap<String, SortedSet<String>> arrived = waiting.due(tickMillis);
        due.addAll(arrived.keySet());
        List<RuleBook.Published> inForce = book.at(tickMillis);
        for (String group : due) {
            setCurrentKey(group);
            List<WindowRow> taken = waiting.take(arrived.getOrDefault(group, NOTHING));
            groups.computeIfAbsent(group, unused -> new SliceGroup())
                    .tick(
                            tickMillis,
                            taken,
                            inForce,
                            (slice, state, breached) -> emit(slice, state, breached, tickMillis));
        }
        if (Math.floorMod(tickMillis, HOUR_MILLIS) == 0) {
            forget(tickMillis);
        }
    }

    private void emit(SliceEntry slice, RuleState state, boolean breached, long tickMillis) {
        AlertRule rule = state.rule.rule();
        output.collect(outgoing.replace(new Finding(
                rule.id(),
                tickMillis,
                breached,
                state.latest.recent().successes(),
                state.latest.recent().trials(),
                state.latest.limit(),
                rule.top(),
                SignalDraft.rank(state.latest),
                rule.output() == AlertRule.Output.AUTOSCALING,
                signals.serialize("", SignalDraft.of(slice, state, tickMillis)))));
    }

    private void forget(long tickMillis) throws Exception {
        for (Map.Entry<String, SliceGroup> group : groups.entrySet()) {
            setCurrentKey(group.getKey());
            for (String slice : group.getValue().forget(tickMillis)) {
                byte[] before = storedSlices.get(slice);
                storedBytes -= before == null ? 0 : before.length;
                storedSlices.remove(slice);
            }
        }
        groups.values().removeIf(SliceGroup::isEmpty);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        for (Map.Entry<String, SliceGroup> group : groups.entrySet()) {
            store(group.getKey(), group.getValue());
        }
        ByteWriter writer = new ByteWriter(Long.BYTES * 2);
        writer.writeByte(CLOCK_VERSION);
        writer.writeSigned(lastTickMillis);
        clock.update(List.of(writer.toByteArray()));
        super.snapshotState(context);
    }

    private void store(String group, SliceGroup slices) throws Exception {
        setCurrentKey(group);
        for (String name : slices.takeChanged()) {
            SliceEntry slice = slices.slice(name);
            if (slice != null) {
                byte[] record = StoredSlice.toBytes(slice);
                byte[] before = storedSlices.get(name);
                storedBytes += record.length - (before == null ? 0 : before.length);
                storedSlices.put(name, record);
            }
        }
    }

    @Override
    public void close() throws Exception {
        if (feed != null) {
            feed.close();
        }
        super.close();
    }
}
