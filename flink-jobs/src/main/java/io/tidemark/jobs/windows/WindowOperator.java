package io.tidemark.jobs.windows;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.PrometheusReporter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the windows of a slice and publishes their rows: a provisional row when the watermark passes the end of a window,
 * a restated one when late increments come, a final one when the allowed lateness is over. Long windows also give
 * provisional rows while they are open.
 *
 * <p>Whether a window was published is in its state, not read off the watermark: after a restore the watermark begins
 * again far below.
 */
final class WindowOperator extends AbstractStreamOperator<OutputRecord>
        implements OneInputStreamOperator<Partial, OutputRecord> {

    private static final long serialVersionUID = 1L;
    private static final MapStateDescriptor<Long, byte[]> WINDOWS =
            new MapStateDescriptor<>("windows-v1", LongSerializer.INSTANCE, BytesSerializer.INSTANCE);
    private static final ListStateDescriptor<byte[]> COUNTERS =
            new ListStateDescriptor<>("window-counters-v1", BytesSerializer.INSTANCE);

    private final WindowsConfig config;
    private final long latenessMillis;
    private final long earlyMillis;
    private final int markedPartitions;

    /** A window whose row changed after it was published. */
    private record Changed(String slice, long window) {}

    private transient WindowState windows;
    private transient ListState<byte[]> counterState;
    private transient WindowCounters counters;
    private transient TimeMarks timeMarks;
    private transient DueWindows due;
    private transient WindowRowEncoder rows;
    private transient Set<Changed> changed;
    private transient StreamRecord<OutputRecord> outgoing;
    private transient long watermarkMillis;

    WindowOperator(WindowsConfig config) {
        this(config, 0);
    }

    /** @param markedPartitions partitions of the windows topic that are told how far time has come; 0 for none */
    WindowOperator(WindowsConfig config, int markedPartitions) {
        this.config = config;
        this.markedPartitions = markedPartitions;
        latenessMillis = config.source().allowedLateness().toMillis();
        earlyMillis = config.earlyInterval().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        windows = new WindowState(context.getKeyedStateStore().getMapState(WINDOWS));
        counterState = context.getOperatorStateStore().getListState(COUNTERS);
        counters = new WindowCounters();
        for (byte[] restored : counterState.get()) {
            counters.add(restored);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        due = new DueWindows();
        getKeyedStateBackend()
                .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, WINDOWS, this::restoreDue);
        int schemaId = config.source()
                .registry()
                .connect()
                .register(TopicCatalogue.WINDOWS.subject(), WindowRow.getClassSchema());
        String topic = TopicCatalogue.WINDOWS.nameInRun(config.source().run());
        rows = new WindowRowEncoder(topic, schemaId, config.limits());
        TaskInfo task = getRuntimeContext().getTaskInfo();
        timeMarks = new TimeMarks(
                topic, markedPartitions, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
        changed = new LinkedHashSet<>();
        outgoing = new StreamRecord<>(null);
        watermarkMillis = Long.MIN_VALUE;
        MetricGroup metrics = getMetricGroup().addGroup(PrometheusReporter.GROUP);
        metrics.gauge("window_rows", counters::rows);
        metrics.gauge("open_windows", windows::openWindows);
        metrics.gauge("window_state_bytes", windows::bytes);
    }

    private void restoreDue(Object slice, MapState<Long, byte[]> open) throws Exception {
        for (Map.Entry<Long, byte[]> window : open.entries()) {
            int size = WindowState.size(window.getKey());
            long start = WindowState.startMillis(window.getKey());
            long last = WindowSizes.lastMillis(size, start);
            boolean isPublished = WindowState.isPublished(window.getValue());
            windows.countRestored(window.getValue());
            if (!isPublished || size > WindowSizes.ROLLED) {
                due.add((String) slice, last);
            }
            if (isPublished) {
                due.add((String) slice, last + latenessMillis);
            }
            if (isPublished && size < WindowSizes.ROLLED) {
                due.add((String) slice, lastMillisOfParent(size, start));
            }
        }
    }

    private static long lastMillisOfParent(int size, long startMillis) {
        return WindowSizes.lastMillis(size + 1, WindowSizes.startOf(size + 1, startMillis));
    }

    @Override
    public void processElement(StreamRecord<Partial> element) throws Exception {
        Partial partial = element.getValue();
        long start = partial.paneStartMillis();
        byte[] record = windows.add(WindowSizes.PANE, start, partial.measures(), 0);
        if (WindowState.isPublished(record)) {
            changed.add(new Changed(partial.slice(), WindowState.code(WindowSizes.PANE, start)));
            passUp(partial.slice(), WindowSizes.PANE, start, partial.measures(), 0);
        } else {
            due.add(partial.slice(), WindowSizes.lastMillis(WindowSizes.PANE, start));
        }
    }

    /** Hands an increment of a published window on to the windows that were built from it before. */
    private void passUp(String slice, int size, long startMillis, byte[] bytes, int offset) throws Exception {
        if (size == WindowSizes.ROLLED) {
            for (int longer = size + 1; longer < WindowSizes.count(); longer++) {
                addToLonger(slice, longer, WindowSizes.startOf(longer, startMillis), bytes, offset);
            }
            return;
        }
        int parent = size + 1;
        long parentStart = WindowSizes.startOf(parent, startMillis);
        byte[] record = windows.get(parent, parentStart);
        if (record != null && WindowState.isPublished(record)) {
            windows.add(parent, parentStart, bytes, offset);
            changed.add(new Changed(slice, WindowState.code(parent, parentStart)));
            passUp(slice, parent, parentStart, bytes, offset);
        }
    }

    private void addToLonger(String slice, int size, long startMillis, byte[] bytes, int offset) throws Exception {
        byte[] record = windows.add(size, startMillis, bytes, offset);
        if (WindowState.isPublished(record)) {
            changed.add(new Changed(slice, WindowState.code(size, startMillis)));
        }
        due.add(slice, WindowSizes.lastMillis(size, startMillis));
    }

    private void onDue(String slice, long time) throws Exception {
        setCurrentKey(slice);
        for (int size = 0; size < WindowSizes.count(); size++) {
            if (Math.floorMod(time + 1, WindowSizes.MILLIS[size]) == 0) {
                close(slice, size, time + 1 - WindowSizes.MILLIS[size]);
            }
        }
        long ended = time - latenessMillis;
        for (int size = 0; size < WindowSizes.count(); size++) {
            if (Math.floorMod(ended + 1, WindowSizes.MILLIS[size]) == 0) {
                finish(slice, size, ended + 1 - WindowSizes.MILLIS[size], time);
            }
        }
    }

    private void close(String slice, int size, long startMillis) throws Exception {
        byte[] record = windows.get(size, startMillis);
        if (size > WindowSizes.ROLLED) {
            closeLonger(slice, size, startMillis, record);
        } else if (record == null || !WindowState.isPublished(record)) {
            closeShort(slice, size, startMillis, record);
        }
    }

    private void closeLonger(String slice, int size, long startMillis, byte[] record) throws Exception {
        if (record != null) {
            publish(slice, size, startMillis, record);
            due.add(slice, WindowSizes.lastMillis(size, startMillis) + latenessMillis);
        }
    }

    private void closeShort(String slice, int size, long startMillis, byte[] present) throws Exception {
        byte[] record = present == null
                ? size == WindowSizes.PANE ? null : windows.build(size, startMillis)
                : windows.publish(size, startMillis, present);
        if (record == null) {
            return;
        }
        long last = WindowSizes.lastMillis(size, startMillis);
        if (last + latenessMillis > watermarkMillis) {
            emit(slice, size, startMillis, record, false);
        }
        due.add(slice, last + latenessMillis);
        passUp(slice, size, startMillis, record, WindowState.HEADER_BYTES);
        if (size < WindowSizes.ROLLED) {
            due.add(slice, lastMillisOfParent(size, startMillis));
        } else {
            publishEarly(slice, startMillis, last + 1);
        }
    }

    private void publishEarly(String slice, long startMillis, long closedMillis) throws Exception {
        if (earlyMillis == 0 || Math.floorMod(closedMillis, earlyMillis) != 0) {
            return;
        }
        for (int size = WindowSizes.ROLLED + 1; size < WindowSizes.count(); size++) {
            long start = WindowSizes.startOf(size, startMillis);
            publish(slice, size, start, windows.get(size, start));
        }
    }

    /** Marks a window as published; its row follows once the watermark has done all its work. */
    private void publish(String slice, int size, long startMillis, byte[] record) throws Exception {
        if (!WindowState.isPublished(record)) {
            windows.publish(size, startMillis, record);
        }
        changed.add(new Changed(slice, WindowState.code(size, startMillis)));
    }

    private void finish(String slice, int size, long startMillis, long time) throws Exception {
        byte[] record = windows.get(size, startMillis);
        if (record == null || WindowState.isFinal(record)) {
            return;
        }
        emit(slice, size, startMillis, record, true);
        counters.countWindow();
        boolean isNeeded = size < WindowSizes.ROLLED && lastMillisOfParent(size, startMillis) > time;
        if (isNeeded) {
            windows.keepFinal(size, startMillis, record);
        } else {
            windows.remove(size, startMillis, record);
        }
    }

    private void emit(String slice, int size, long startMillis, byte[] record, boolean isFinal) {
        counters.countRow();
        output.collect(
                outgoing.replace(rows.encode(slice, size, startMillis, isFinal, record, WindowState.HEADER_BYTES)));
    }

    private void emitChanged() throws Exception {
        for (Changed window : changed) {
            setCurrentKey(window.slice);
            int size = WindowState.size(window.window);
            long start = WindowState.startMillis(window.window);
            byte[] record = windows.get(size, start);
            if (record != null && !WindowState.isFinal(record)) {
                emit(window.slice, size, start, record, false);
            }
        }
        changed.clear();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermarkMillis = mark.getTimestamp();
        counters.noteSize(windows);
        due.advance(watermarkMillis, this::onDue);
        super.processWatermark(mark);
        emitChanged();
        timeMarks.pass(watermarkMillis, record -> output.collect(outgoing.replace(record)));
        counters.noteSize(windows);
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            reportProgress();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        emitChanged();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        counterState.update(List.of(counters.toBytes()));
        super.snapshotState(context);
    }

    private void reportProgress() {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        String json = counters.toJson(subtask, task.getNumberOfParallelSubtasks());
        String topic = TopicCatalogue.PROGRESS.nameInRun(config.source().run());
        output.collect(outgoing.replace(OutputRecord.json(topic, "windows-" + subtask, json)));
    }
}
