package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.TraceSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Aggregates calls by slice and pane before anything is sent to another task. A call whose pane was closed before it came
 * is counted and left out: a decision takes each pane once.
 */
final class CellAggregation extends AbstractStreamOperator<SliceCell>
        implements OneInputStreamOperator<AdmittedTrace, SliceCell> {

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final int MOST_CELLS = 16_384;
    private static final ListStateDescriptor<byte[]> OPEN =
            new ListStateDescriptor<>("open-cells-v1", BytePrimitiveArraySerializer.INSTANCE);

    private transient ListState<byte[]> openState;
    private transient List<SliceCell> restored;
    private transient Map<CellKey, Cell> cells;
    private transient CellKey probe;
    private transient Counter late;
    private transient StreamRecord<SliceCell> outgoing;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        openState = context.getOperatorStateStore().getListState(OPEN);
        restored = new ArrayList<>();
        for (byte[] record : openState.get()) {
            restored.add(SliceCellSerializer.fromBytes(record));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        cells = new HashMap<>();
        probe = new CellKey();
        outgoing = new StreamRecord<>(null);
        late = getMetricGroup().addGroup(PrometheusReporter.GROUP).counter("canary_late");
    }

    @Override
    public void processElement(StreamRecord<AdmittedTrace> element) {
        emitRestored();
        AdmittedTrace admitted = element.getValue();
        long eventMillis = admitted.trace().event().eventTimeMicros / MICROS_PER_MILLI;
        long pane = Math.floorDiv(eventMillis, TraceSource.PANE_MILLIS) * TraceSource.PANE_MILLIS;
        if (pane + TraceSource.PANE_MILLIS <= admitted.closedBeforeMillis()) {
            late.inc();
            return;
        }
        probe.point(admitted.trace().key(), admitted.trace().keyLength(), pane);
        Cell cell = cells.get(probe);
        if (cell == null) {
            cell = new Cell();
            cells.put(probe.copy(), cell);
        }
        cell.add(admitted.trace());
        if (cells.size() > MOST_CELLS) {
            drainBefore(Long.MAX_VALUE);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        emitRestored();
        drainBefore(mark.getTimestamp());
        super.processWatermark(mark);
    }

    private void emitRestored() {
        if (!restored.isEmpty()) {
            restored.forEach(cell -> output.collect(outgoing.replace(cell)));
            restored.clear();
        }
    }

    private void drainBefore(long watermarkMillis) {
        Iterator<Map.Entry<CellKey, Cell>> each = cells.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<CellKey, Cell> entry = each.next();
            if (entry.getKey().paneStartMillis() + TraceSource.PANE_MILLIS - 1 <= watermarkMillis) {
                output.collect(outgoing.replace(encoded(entry)));
                each.remove();
            }
        }
    }

    private static SliceCell encoded(Map.Entry<CellKey, Cell> entry) {
        return new SliceCell(
                entry.getKey().slice(),
                entry.getKey().paneStartMillis(),
                entry.getValue().encode());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        List<byte[]> open = new ArrayList<>();
        for (SliceCell cell : restored) {
            open.add(SliceCellSerializer.toBytes(cell));
        }
        for (Map.Entry<CellKey, Cell> entry : cells.entrySet()) {
            open.add(SliceCellSerializer.toBytes(encoded(entry)));
        }
        openState.update(open);
        super.snapshotState(context);
    }
}
