package io.tidemark.jobs.drift;

import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.AdmittedTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts every value of every trace in the bins of the baseline in force, before anything is sent to another task. What is
 * open at a checkpoint is stored as increments; after a restore whichever subtask got them hands them on at once, because
 * increments add up however they are cut.
 */
final class DriftCounting extends AbstractStreamOperator<MeasureCounts>
        implements OneInputStreamOperator<AdmittedTrace, MeasureCounts> {

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> OPEN =
            new ListStateDescriptor<>("open-counts-v1", BytesSerializer.INSTANCE);
    private static final long MICROS_PER_MILLI = 1_000;
    private static final int INITIAL_BYTES = 256;

    private final DriftWindows windows;
    private final int mostCells;
    private final BaselineFeed.Factory baselines;

    private transient ListState<byte[]> openState;
    private transient List<MeasureCounts> restored;
    private transient BaselineFeed feed;
    private transient BaselineBook book;
    private transient OpenCells open;
    private transient StreamRecord<MeasureCounts> outgoing;
    private transient Counter late;
    private transient long lastEventMillis;

    DriftCounting(DriftWindows windows, int mostCells, BaselineFeed.Factory baselines) {
        this.windows = windows;
        this.mostCells = mostCells;
        this.baselines = baselines;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        openState = context.getOperatorStateStore().getListState(OPEN);
        restored = new ArrayList<>();
        MeasureCountsSerializer serializer = new MeasureCountsSerializer();
        for (byte[] record : openState.get()) {
            restored.add(serializer.deserialize(new DataInputDeserializer(record)));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        outgoing = new StreamRecord<>(null);
        open = new OpenCells(mostCells);
        book = new BaselineBook();
        feed = baselines.open();
        book.add(feed.poll());
        lastEventMillis = Long.MIN_VALUE;
        var metrics = getMetricGroup().addGroup(PrometheusReporter.GROUP);
        late = metrics.counter("drift_late");
        metrics.gauge("drift_open_cells", () -> open.size());
        metrics.gauge("drift_overflowed_cells", () -> open.overflowed());
        metrics.gauge("drift_baselines", () -> book.descriptions().size());
    }

    @Override
    public void processElement(StreamRecord<AdmittedTrace> element) {
        handOnRestored();
        AdmittedTrace admitted = element.getValue();
        ProjectedTrace trace = admitted.trace();
        long eventMillis = trace.event().eventTimeMicros / MICROS_PER_MILLI;
        lastEventMillis = Math.max(lastEventMillis, eventMillis);
        long start = windows.startOf(windows.seconds().get(0), eventMillis);
        if (start + windows.shortestMillis() <= admitted.closedBeforeMillis()) {
            late.inc();
            return;
        }
        open.add(trace, start, book.active());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        handOnRestored();
        book.add(feed.poll());
        long until = mark.getTimestamp() == Long.MAX_VALUE ? Long.MAX_VALUE : mark.getTimestamp() + 1;
        open.drain(until, windows.shortestMillis(), lastEventMillis, part -> output.collect(outgoing.replace(part)));
        super.processWatermark(mark);
    }

    private void handOnRestored() {
        if (!restored.isEmpty()) {
            restored.forEach(part -> output.collect(outgoing.replace(part)));
            restored.clear();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        List<byte[]> records = new ArrayList<>();
        restored.forEach(part -> records.add(bytes(part)));
        open.forEach(lastEventMillis, part -> records.add(bytes(part)));
        openState.update(records);
        super.snapshotState(context);
    }

    private static byte[] bytes(MeasureCounts part) {
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        try {
            new MeasureCountsSerializer().serialize(part, target);
        } catch (IOException e) {
            throw new UncheckedIOException("counts of '%s' cannot be stored".formatted(part.measure()), e);
        }
        return target.getCopyOfBuffer();
    }

    @Override
    public void close() throws Exception {
        if (feed != null) {
            feed.close();
        }
        super.close();
    }
}
