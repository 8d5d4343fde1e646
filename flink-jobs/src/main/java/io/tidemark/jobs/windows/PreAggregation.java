package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.source.AdmittedTrace;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Aggregates events by slice and pane before anything is sent to another task. Its state is what is open at a checkpoint, as
 * increments; after a restore they are handed on at once, by whichever subtask got them, because increments add up to the
 * same pane however they are cut. Handing them on before every barrier instead would make several increments of each pane,
 * and each costs a merge in every operator behind.
 */
final class PreAggregation extends AbstractStreamOperator<Partial>
        implements OneInputStreamOperator<AdmittedTrace, Partial> {

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000;

    /** Bounds of what is held: 64 MiB of logs, or so many panes of slices. */
    private static final long MAXIMUM_BYTES = 67_108_864;

    private static final int MAXIMUM_CELLS = 131_072;

    private static final ListStateDescriptor<byte[]> OPEN =
            new ListStateDescriptor<>("open-increments-v1", BytesSerializer.INSTANCE);

    private transient ListState<byte[]> openState;
    private transient List<Partial> restored;
    private transient PaneTable panes;
    private transient StreamRecord<Partial> outgoing;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        openState = context.getOperatorStateStore().getListState(OPEN);
        restored = new ArrayList<>();
        StoredPartial stored = new StoredPartial();
        for (byte[] record : openState.get()) {
            restored.add(stored.fromBytes(record));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        panes = new PaneTable();
        outgoing = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<AdmittedTrace> element) {
        emitRestored();
        AdmittedTrace admitted = element.getValue();
        ProjectedTrace trace = admitted.trace();
        long eventMillis = trace.event().eventTimeMicros / MICROS_PER_MILLI;
        long pane = WindowSizes.startOf(WindowSizes.PANE, eventMillis);
        int late = WindowSizes.lastMillis(WindowSizes.PANE, pane) < admitted.closedBeforeMillis()
                ? WindowSizes.closedBefore(pane, admitted.closedBeforeMillis())
                : 0;
        panes.add(trace.key(), trace.keyLength(), pane, trace.event(), late);
        if (panes.usedBytes() > MAXIMUM_BYTES || panes.size() > MAXIMUM_CELLS) {
            drainBefore(Long.MAX_VALUE);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        emitRestored();
        drainBefore(firstOpenPane(mark.getTimestamp()));
        super.processWatermark(mark);
    }

    /** Start of the first pane that a watermark leaves open. */
    static long firstOpenPane(long watermarkMillis) {
        return watermarkMillis == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : WindowSizes.startOf(WindowSizes.PANE, watermarkMillis + 1);
    }

    private void emitRestored() {
        if (!restored.isEmpty()) {
            restored.forEach(partial -> output.collect(outgoing.replace(partial)));
            restored.clear();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        List<byte[]> open = new ArrayList<>();
        restored.forEach(partial -> open.add(StoredPartial.toBytes(partial)));
        panes.forEachStored(open::add);
        openState.update(open);
        super.snapshotState(context);
    }

    private void drainBefore(long paneStartMillis) {
        panes.drainBefore(paneStartMillis, partial -> output.collect(outgoing.replace(partial)));
    }
}
