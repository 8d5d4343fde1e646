package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.jobs.measures.MeasureAccumulator;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.PrometheusReporter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Puts increments into the slices of every level, keyed by tenant: the one place that knows how many slices a tenant has,
 * and sends what is over the cap to an overflow slice of its level. Coarser levels are merged from finer ones. Increments
 * are held until the watermark passes their pane, or until a checkpoint.
 */
final class LatticeOperator extends AbstractStreamOperator<Partial>
        implements OneInputStreamOperator<Partial, Partial> {

    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<byte[]> TENANT =
            new ValueStateDescriptor<>("tenant-slices-v1", BytesSerializer.INSTANCE);
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int PLACEMENT_HOURS = 25;
    private static final int NO_SOURCE = -1;
    private static final long MAXIMUM_BUFFERED_BYTES = 64L << 20;

    private final SliceLattice lattice;
    private final int slicesPerTenant;

    /** Slices that the increments of one finest slice go to: one for each level that is not merged from another. */
    private record Placement(String[] slices, int hour) {}

    /** For each level, the index of the level that it is merged from; -1 for those merged from the events' increments. */
    private final int[] sources;

    private final Set<Dimension> keyDimensions;

    private transient ValueState<byte[]> tenantState;
    private transient Map<String, TenantSlices> tenants;
    private transient Set<String> changedTenants;
    private transient Map<String, Placement> placements;
    private transient Map<String, String>[] coarserSlices;
    private transient TreeMap<Long, PaneBuffer> panes;
    private transient MeasureAccumulator scratch;
    private transient StreamRecord<Partial> outgoing;
    private transient Counter overCap;
    private transient long bufferedBytes;
    private transient int sweptHour;

    LatticeOperator(SliceLattice lattice, int slicesPerTenant) {
        this.lattice = lattice;
        this.slicesPerTenant = slicesPerTenant;
        sources = IntStream.range(0, lattice.levels().size())
                .map(level -> lattice.sourceOf(level).orElse(NO_SOURCE))
                .toArray();
        keyDimensions = lattice.keyDimensions();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        tenantState = context.getKeyedStateStore().getState(TENANT);
    }

    @Override
    public void open() throws Exception {
        super.open();
        tenants = new HashMap<>();
        changedTenants = new HashSet<>();
        placements = new HashMap<>();
        coarserSlices = emptyMaps(lattice.levels().size());
        panes = new TreeMap<>();
        scratch = new MeasureAccumulator();
        outgoing = new StreamRecord<>(null);
        overCap = getMetricGroup().addGroup(PrometheusReporter.GROUP).counter("increments_over_cap");
        sweptHour = Integer.MIN_VALUE;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
    private static Map<String, String>[] emptyMaps(int count) {
        Map[] maps = new Map[count];
        for (int i = 0; i < count; i++) {
            maps[i] = new HashMap<>();
        }
        return maps;
    }

    @Override
    public void processElement(StreamRecord<Partial> element) throws Exception {
        Partial partial = element.getValue();
        Placement placement = placement(partial);
        PaneBuffer pane = panes.computeIfAbsent(
                partial.paneStartMillis(),
                unused -> new PaneBuffer(lattice.levels().size()));
        for (int level = 0; level < placement.slices.length; level++) {
            if (placement.slices[level] != null) {
                pane.add(level, placement.slices[level], partial.measures());
            }
        }
        bufferedBytes += partial.measures().length;
        if (bufferedBytes > MAXIMUM_BUFFERED_BYTES) {
            drainBefore(Long.MAX_VALUE);
        }
    }

    private Placement placement(Partial partial) throws Exception {
        int hour = (int) (partial.paneStartMillis() / HOUR_MILLIS);
        Placement known = placements.get(partial.slice());
        if (known != null && known.hour >= hour) {
            return known;
        }
        Placement placement = place(partial.slice(), hour);
        placements.put(partial.slice(), placement);
        return placement;
    }

    private Placement place(String slice, int hour) throws Exception {
        String tenant = (String) getCurrentKey();
        TenantSlices slices = tenantSlices(tenant);
        changedTenants.add(tenant);
        Map<Dimension, String> parts = SliceKeys.split(slice, keyDimensions);
        String[] targets = new String[lattice.levels().size()];
        for (int i = 0; i < targets.length; i++) {
            if (sources[i] == NO_SOURCE) {
                targets[i] = target(lattice.levels().get(i), parts, slices, hour);
            }
        }
        return new Placement(targets, hour);
    }

    private String target(SliceLevel level, Map<Dimension, String> parts, TenantSlices slices, int hour) {
        String key = SliceKeys.ofLevel(level, parts, false);
        if (level.cappedDimensions().isEmpty() || slices.admit(level.name(), key, hour, slicesPerTenant)) {
            return key;
        }
        overCap.inc();
        return SliceKeys.ofLevel(level, parts, true);
    }

    private TenantSlices tenantSlices(String tenant) throws Exception {
        TenantSlices known = tenants.get(tenant);
        if (known == null) {
            byte[] stored = tenantState.value();
            known = stored == null ? new TenantSlices() : TenantSlices.fromBytes(stored);
            tenants.put(tenant, known);
        }
        return known;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        drainBefore(PreAggregation.firstOpenPane(mark.getTimestamp()));
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        drainBefore(Long.MAX_VALUE);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        for (String tenant : changedTenants) {
            setCurrentKey(tenant);
            tenantState.update(tenants.get(tenant).toBytes());
        }
        changedTenants.clear();
        super.snapshotState(context);
    }

    private void drainBefore(long paneStartMillis) {
        while (!panes.isEmpty() && panes.firstKey() < paneStartMillis) {
            Map.Entry<Long, PaneBuffer> pane = panes.pollFirstEntry();
            for (int level = 0; level < lattice.levels().size(); level++) {
                int finer = level;
                pane.getValue()
                        .merge(
                                level,
                                scratch,
                                (slice, measures) -> emit(finer, slice, pane.getKey(), measures, pane.getValue()));
            }
            sweep((int) (pane.getKey() / HOUR_MILLIS));
        }
        if (panes.isEmpty()) {
            bufferedBytes = 0;
        }
    }

    private void emit(int level, String slice, long paneStartMillis, byte[] measures, PaneBuffer pane) {
        output.collect(outgoing.replace(new Partial(slice, paneStartMillis, measures)));
        for (int coarser = level + 1; coarser < lattice.levels().size(); coarser++) {
            if (sources[coarser] == level) {
                SliceLevel target = lattice.levels().get(coarser);
                String coarserSlice =
                        coarserSlices[coarser].computeIfAbsent(slice, finer -> SliceKeys.coarser(target, finer));
                pane.add(coarser, coarserSlice, measures);
            }
        }
    }

    /** Once an hour of event time: what was not seen for a day is forgotten; the tenants' state is kept. */
    private void sweep(int hour) {
        if (hour <= sweptHour) {
            return;
        }
        sweptHour = hour;
        placements.values().removeIf(placement -> placement.hour < hour - PLACEMENT_HOURS);
        tenants.entrySet()
                .removeIf(tenant -> !changedTenants.contains(tenant.getKey())
                        && tenant.getValue().lastHour() < hour - PLACEMENT_HOURS);
        for (Map<String, String> cache : coarserSlices) {
            cache.clear();
        }
    }
}
