package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.canary.Contribution.Arm;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.jobs.source.TraceSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Hands each cell to the rollouts that it belongs to, and drops the rest: only traffic under comparison crosses the network.
 * Cells wait for the watermark, and the watermark waits until the releases have been read.
 */
final class RouteOperator extends AbstractStreamOperator<Contribution>
        implements TwoInputStreamOperator<SliceCell, ReleaseRecord, Contribution> {

    /** The traces of rollouts that wait for outcomes. */
    static final OutputTag<TraceArm> TRACES = new OutputTag<>("canary-traces", TraceArm.TYPE);

    private static final long serialVersionUID = 1L;
    private static final int MOST_ROUTES = 100_000;
    private static final ListStateDescriptor<byte[]> WAITING =
            new ListStateDescriptor<>("waiting-cells-v1", BytePrimitiveArraySerializer.INSTANCE);

    private final RegistryFactory registry;

    private transient ListState<byte[]> waitingState;
    private transient TreeMap<Long, List<SliceCell>> waiting;
    private transient ReleaseReader releases;
    private transient Map<CellKey, List<Route>> routes;
    private transient StreamRecord<Contribution> outgoing;

    RouteOperator(RegistryFactory registry) {
        this.registry = registry;
    }

    /** What a slice is to a rollout. */
    private record Route(RolloutPlan plan, Arm arm, int changed, String versionId, String tenant) {
        Contribution contribution(long paneStartMillis, byte[] cell) {
            return new Contribution(plan.releaseId(), arm, changed, versionId, tenant, paneStartMillis, cell);
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waitingState = context.getOperatorStateStore().getListState(WAITING);
        waiting = new TreeMap<>();
        for (byte[] record : waitingState.get()) {
            await(SliceCellSerializer.fromBytes(record));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        releases = new ReleaseReader(registry.connect());
        routes = new HashMap<>();
        outgoing = new StreamRecord<>(null);
        getMetricGroup().addGroup(PrometheusReporter.GROUP).gauge("releases_refused", () -> releases.refused());
    }

    @Override
    public void processElement1(StreamRecord<SliceCell> element) {
        await(element.getValue());
    }

    private void await(SliceCell cell) {
        waiting.computeIfAbsent(cell.paneStartMillis(), unused -> new ArrayList<>())
                .add(cell);
    }

    @Override
    public void processElement2(StreamRecord<ReleaseRecord> element) {
        if (releases.read(element.getValue())) {
            routes.clear();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        while (!waiting.isEmpty() && waiting.firstKey() + TraceSource.PANE_MILLIS - 1 <= mark.getTimestamp()) {
            Map.Entry<Long, List<SliceCell>> pane = waiting.pollFirstEntry();
            for (SliceCell cell : pane.getValue()) {
                route(cell);
            }
        }
        super.processWatermark(mark);
    }

    private void route(SliceCell cell) {
        CellKey key = new CellKey().point(cell.slice(), cell.slice().length, 0);
        List<Route> known = routes.get(key);
        if (known == null) {
            if (routes.size() >= MOST_ROUTES) {
                routes.clear();
            }
            known = routesOf(ArmSlice.parse(cell.slice()));
            routes.put(key, known);
        }
        for (Route route : known) {
            if (releases.book().isActive(route.plan.releaseId(), cell.paneStartMillis())) {
                output.collect(outgoing.replace(route.contribution(cell.paneStartMillis(), cell.cell())));
                remember(route, cell);
            }
        }
    }

    /** Outcomes of the two arms are compared; those of other tuples are not waited for. */
    private void remember(Route route, SliceCell cell) {
        boolean isArm = route.arm == Arm.CANDIDATE || route.arm == Arm.CONTROL;
        if (!isArm || !route.plan.needsOutcomes()) {
            return;
        }
        Cell calls = new Cell();
        calls.add(cell.cell());
        Contribution empty = route.contribution(cell.paneStartMillis(), new byte[0]);
        for (int i = 0; i < calls.traces.size(); i++) {
            output.collect(
                    TRACES, new StreamRecord<>(new TraceArm(calls.traces.trace(i), calls.traces.unit(i), empty)));
        }
    }

    private List<Route> routesOf(ArmSlice slice) {
        List<Route> found = new ArrayList<>();
        for (RolloutPlan plan : releases.book().plans()) {
            Route route = plan.covers(slice.tenant()) ? route(plan, slice) : null;
            if (route != null) {
                found.add(route);
            }
        }
        return found;
    }

    private Route route(RolloutPlan plan, ArmSlice slice) {
        boolean isShadow = slice.role() == TrafficRole.SHADOW;
        VersionTuple version = slice.version();
        String tenant = slice.tenant();
        if (version.equals(plan.candidate())) {
            return isShadow == plan.isShadow() ? new Route(plan, Arm.CANDIDATE, 0, "", tenant) : null;
        }
        if (isShadow) {
            return null;
        }
        if (version.equals(plan.control())) {
            return new Route(plan, Arm.CONTROL, 0, "", tenant);
        }
        if (releases.book().fallbacks(plan, Long.MAX_VALUE).contains(version)) {
            return new Route(plan, Arm.FALLBACK, 0, version.versionId(), tenant);
        }
        int changed = plan.changedIn(version);
        return changed < 0 ? null : new Route(plan, Arm.MIXED, changed, "", tenant);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        List<byte[]> records = new ArrayList<>();
        for (List<SliceCell> pane : waiting.values()) {
            for (SliceCell cell : pane) {
                records.add(SliceCellSerializer.toBytes(cell));
            }
        }
        waitingState.update(records);
        super.snapshotState(context);
    }
}
