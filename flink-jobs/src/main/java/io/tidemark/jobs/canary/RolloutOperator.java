package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.review.Proposal;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Watches the rollouts: closes their panes in order as the watermark passes, each once, and writes the verdicts. A rollout
 * lives on one subtask, the one that its key belongs to; it is held in memory and written to state at checkpoints.
 */
final class RolloutOperator extends AbstractStreamOperator<OutputRecord>
        implements TwoInputStreamOperator<Contribution, ReleaseRecord, OutputRecord> {

    /** Says that this stage has come to the end of a replay. */
    static final OutputTag<OutputRecord> PROGRESS = new OutputTag<>("canary-progress", OutputRecord.TYPE);

    /** What people should look at, before its quota. */
    static final OutputTag<Proposal> REVIEWS = new OutputTag<>("canary-reviews", Proposal.TYPE);

    private static final long serialVersionUID = 1L;
    private static final long PANE = TraceSource.PANE_MILLIS;
    private static final long NEVER = Long.MIN_VALUE;
    private static final ValueStateDescriptor<byte[]> WATCH =
            new ValueStateDescriptor<>("rollout-v1", BytePrimitiveArraySerializer.INSTANCE);
    private static final ListStateDescriptor<byte[]> OPEN =
            new ListStateDescriptor<>("open-contributions-v1", BytePrimitiveArraySerializer.INSTANCE);

    private final RegistryFactory registry;
    private final CanaryRules rules;
    private final String run;

    private transient ReleaseReader releases;
    private transient Map<String, Running> running;
    private transient Map<String, byte[]> restored;
    private transient AvroSerializer<Verdict> serializer;
    private transient DisagreementReviews reviews;
    private transient Counter late;
    private transient long verdicts;
    private transient long watermarkMillis;
    private transient StreamRecord<OutputRecord> outgoing;

    /** A rollout in memory. */
    private static final class Running {
        private RolloutWatch watch;
        private long closedMillis = NEVER;
        private final TreeMap<Long, List<Contribution>> open = new TreeMap<>();
        private boolean changed;
        private boolean over;
    }

    RolloutOperator(RegistryFactory registry, CanaryRules rules, String run) {
        this.registry = registry;
        this.rules = rules;
        this.run = run;
    }

    @Override
    public void open() throws Exception {
        super.open();
        SchemaRegistry connected = registry.connect();
        releases = new ReleaseReader(connected);
        serializer = new AvroSerializer<>(connected, TopicCatalogue.VERDICTS);
        reviews = new DisagreementReviews(connected);
        running = new HashMap<>();
        restored = new HashMap<>();
        outgoing = new StreamRecord<>(null);
        watermarkMillis = NEVER;
        late = getMetricGroup().addGroup(PrometheusReporter.GROUP).counter("canary_late_cells");
        getMetricGroup().addGroup(PrometheusReporter.GROUP).gauge("rollouts", () -> running.size());
        restore();
    }

    private void restore() throws Exception {
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        WATCH,
                        (Object key, ValueState<byte[]> state) -> restored.put((String) key, state.value()));
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        OPEN,
                        (Object key, ListState<byte[]> state) -> restoreOpen((String) key, state));
    }

    private void restoreOpen(String releaseId, ListState<byte[]> state) throws Exception {
        Running rollout = running.computeIfAbsent(releaseId, unused -> new Running());
        for (byte[] record : state.get()) {
            Contribution contribution = ContributionSerializer.fromBytes(record);
            rollout.open
                    .computeIfAbsent(contribution.paneStartMillis(), unused -> new ArrayList<>())
                    .add(contribution);
        }
    }

    @Override
    public void processElement1(StreamRecord<Contribution> element) {
        Contribution contribution = element.getValue();
        Running rollout = running.computeIfAbsent(contribution.releaseId(), unused -> new Running());
        if (contribution.paneStartMillis() + PANE <= rollout.closedMillis) {
            late.inc();
            return;
        }
        rollout.changed = true;
        rollout.open
                .computeIfAbsent(contribution.paneStartMillis(), unused -> new ArrayList<>())
                .add(contribution);
    }

    @Override
    public void processElement2(StreamRecord<ReleaseRecord> element) {
        releases.read(element.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermarkMillis = mark.getTimestamp();
        for (RolloutPlan plan : releases.book().plans()) {
            if (isMine(plan.releaseId())) {
                advance(plan);
            }
        }
        super.processWatermark(mark);
        if (watermarkMillis == Long.MAX_VALUE) {
            reportProgress();
        }
    }

    private boolean isMine(String releaseId) {
        int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int maximum = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(releaseId, maximum, parallelism)
                == getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    private void advance(RolloutPlan plan) throws Exception {
        Running rollout = running.computeIfAbsent(plan.releaseId(), unused -> new Running());
        if (rollout.watch == null && !rollout.over) {
            revive(plan, rollout);
        }
        boolean hasBegun = rollout.closedMillis != NEVER || !rollout.open.isEmpty();
        if (rollout.over || !hasBegun) {
            return;
        }
        long end = lastEnd(plan, rollout);
        long first = rollout.closedMillis == NEVER ? rollout.open.firstKey() : rollout.closedMillis;
        for (long paneEnd = first + PANE; paneEnd <= end; paneEnd += PANE) {
            close(plan, rollout, paneEnd);
        }
        long ended = releases.book().endMillis(plan.releaseId());
        if (ended != Long.MAX_VALUE && watermarkMillis >= ended) {
            rollout.over = true;
            rollout.changed = true;
            rollout.watch = null;
            rollout.open.clear();
        }
    }

    private void revive(RolloutPlan plan, Running rollout) {
        byte[] state = restored.remove(plan.releaseId());
        if (state == null) {
            rollout.watch = new RolloutWatch(plan, rules);
            return;
        }
        rollout.closedMillis = StoredRollout.closedMillis(state);
        byte[] watch = StoredRollout.watch(state);
        rollout.over = watch.length == 0;
        rollout.watch = rollout.over ? null : RolloutWatch.fromBytes(watch, plan, rules);
    }

    /** End of the last pane that may be closed; at the end of time, of the last one with traffic. */
    private long lastEnd(RolloutPlan plan, Running rollout) {
        long reached = watermarkMillis == Long.MAX_VALUE
                ? rollout.open.isEmpty() ? NEVER : rollout.open.lastKey() + PANE
                : Math.floorDiv(watermarkMillis + 1, PANE) * PANE;
        long ended = releases.book().endMillis(plan.releaseId());
        return ended == Long.MAX_VALUE ? reached : Math.min(reached, ended);
    }

    private void close(RolloutPlan plan, Running rollout, long paneEndMillis) throws Exception {
        rollout.closedMillis = paneEndMillis;
        rollout.changed = true;
        List<Contribution> contributions = rollout.open.remove(paneEndMillis - PANE);
        PaneArms pane = PaneArms.of(contributions == null ? List.of() : contributions);
        Map.Entry<Long, Integer> step = releases.book().step(plan.releaseId(), paneEndMillis);
        Optional<Verdict> verdict = rollout.watch.close(
                pane,
                paneEndMillis,
                new RolloutWatch.Surroundings(
                        step.getValue(), step.getKey(), releases.book().fallbacks(plan, paneEndMillis)));
        verdict.ifPresent(this::emit);
        reviews.propose(plan, pane, paneEndMillis, review -> output.collect(REVIEWS, new StreamRecord<>(review)));
    }

    private void emit(Verdict verdict) {
        verdicts++;
        output.collect(outgoing.replace(OutputRecord.of(
                TopicCatalogue.VERDICTS.nameInRun(run),
                verdict.getReleaseId().getBytes(StandardCharsets.UTF_8),
                serializer.serialize(TopicCatalogue.VERDICTS.name(), verdict))));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        ValueState<byte[]> watchState = watchState();
        ListState<byte[]> openState = openState();
        for (Map.Entry<String, Running> entry : running.entrySet()) {
            if (entry.getValue().changed) {
                setCurrentKey(entry.getKey());
                write(entry.getValue(), watchState, openState);
            }
        }
        super.snapshotState(context);
    }

    private ValueState<byte[]> watchState() throws Exception {
        return getPartitionedState(WATCH);
    }

    private ListState<byte[]> openState() throws Exception {
        return getPartitionedState(OPEN);
    }

    private static void write(Running rollout, ValueState<byte[]> watchState, ListState<byte[]> openState)
            throws Exception {
        rollout.changed = false;
        if (rollout.over) {
            watchState.update(StoredRollout.over(rollout.closedMillis));
        } else if (rollout.watch != null) {
            watchState.update(StoredRollout.of(rollout.closedMillis, rollout.watch.toBytes()));
        }
        List<byte[]> records = new ArrayList<>();
        for (List<Contribution> pane : rollout.open.values()) {
            for (Contribution contribution : pane) {
                records.add(ContributionSerializer.toBytes(contribution));
            }
        }
        openState.update(records);
    }

    private void reportProgress() {
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        String json = "{\"stage\":\"canary\",\"subtask\":%d,\"parallelism\":%d,\"verdicts\":%d}"
                .formatted(subtask, getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(), verdicts);
        output.collect(
                PROGRESS,
                new StreamRecord<>(
                        OutputRecord.json(TopicCatalogue.PROGRESS.nameInRun(run), "canary-" + subtask, json)));
    }
}
