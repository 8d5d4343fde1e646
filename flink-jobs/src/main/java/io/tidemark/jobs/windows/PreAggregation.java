package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.jobs.source.AdmittedTrace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Aggregates events by slice and pane before anything is sent to another task. Holds no state: what is open is handed on
 * before each checkpoint barrier, and increments add up to the same pane however they are cut.
 */
final class PreAggregation extends AbstractStreamOperator<Partial>
        implements OneInputStreamOperator<AdmittedTrace, Partial> {

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000;

    /** Bounds of what is held: 64 MiB of logs, or so many panes of slices. */
    private static final long MAXIMUM_LONGS = 8_388_608;

    private static final int MAXIMUM_CELLS = 131_072;

    private transient PaneTable panes;
    private transient StreamRecord<Partial> outgoing;

    @Override
    public void open() throws Exception {
        super.open();
        panes = new PaneTable();
        outgoing = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<AdmittedTrace> element) {
        AdmittedTrace admitted = element.getValue();
        ProjectedTrace trace = admitted.trace();
        long eventMillis = trace.event().eventTimeMicros / MICROS_PER_MILLI;
        long pane = WindowSizes.startOf(WindowSizes.PANE, eventMillis);
        int late = WindowSizes.lastMillis(WindowSizes.PANE, pane) < admitted.closedBeforeMillis()
                ? WindowSizes.closedBefore(pane, admitted.closedBeforeMillis())
                : 0;
        panes.add(trace.key(), trace.keyLength(), pane, trace.event(), late);
        if (panes.usedLongs() > MAXIMUM_LONGS || panes.size() > MAXIMUM_CELLS) {
            drainBefore(Long.MAX_VALUE);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        drainBefore(firstOpenPane(mark.getTimestamp()));
        super.processWatermark(mark);
    }

    /** Start of the first pane that a watermark leaves open. */
    static long firstOpenPane(long watermarkMillis) {
        return watermarkMillis == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : WindowSizes.startOf(WindowSizes.PANE, watermarkMillis + 1);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        drainBefore(Long.MAX_VALUE);
    }

    private void drainBefore(long paneStartMillis) {
        panes.drainBefore(paneStartMillis, partial -> output.collect(outgoing.replace(partial)));
    }
}
