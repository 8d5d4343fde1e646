package io.tidemark.jobs.drift;

import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.windows.SliceLattice;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Keeps the counts of each measure and tests the windows that close. Keyed by measure: all slices of one meet here. */
final class DriftComparison extends AbstractStreamOperator<DriftTest>
        implements OneInputStreamOperator<MeasureCounts, DriftTest> {

    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<byte[]> COUNTS =
            new ValueStateDescriptor<>("measure-counts-v1", BytesSerializer.INSTANCE);

    private final DriftWindows windows;
    private final SliceLattice lattice;
    private final BaselineFeed.Factory baselines;

    private transient ValueState<byte[]> stored;
    private transient Map<String, MeasureBook> books;
    private transient BaselineFeed feed;
    private transient BaselineBook book;
    private transient StreamRecord<DriftTest> outgoing;
    private transient long storedBytes;

    DriftComparison(DriftWindows windows, SliceLattice lattice, BaselineFeed.Factory baselines) {
        this.windows = windows;
        this.lattice = lattice;
        this.baselines = baselines;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        stored = context.getKeyedStateStore().getState(COUNTS);
    }

    @Override
    public void open() throws Exception {
        super.open();
        outgoing = new StreamRecord<>(null);
        books = new TreeMap<>();
        book = new BaselineBook();
        feed = baselines.open();
        book.add(feed.poll());
        getKeyedStateBackend()
                .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, COUNTS, this::restore);
        var metrics = getMetricGroup().addGroup(PrometheusReporter.GROUP);
        metrics.gauge("drift_measures", () -> books.size());
        metrics.gauge(
                "drift_cells",
                () -> books.values().stream().mapToInt(MeasureBook::entries).sum());
        metrics.gauge("drift_state_bytes", () -> storedBytes);
    }

    private void restore(Object measure, ValueState<byte[]> record) throws Exception {
        books.put((String) measure, MeasureBook.fromBytes(windows, record.value()));
    }

    @Override
    public void processElement(StreamRecord<MeasureCounts> element) {
        MeasureCounts part = element.getValue();
        books.computeIfAbsent(part.measure(), unused -> new MeasureBook(windows))
                .add(part);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        book.add(feed.poll());
        for (Map.Entry<String, MeasureBook> measure : books.entrySet()) {
            for (MeasureBook.Closed window : measure.getValue().close(mark.getTimestamp())) {
                new WindowTests(measure.getKey(), lattice)
                        .of(window, book)
                        .forEach(test -> output.collect(outgoing.replace(test)));
            }
        }
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        for (Map.Entry<String, MeasureBook> measure : books.entrySet()) {
            if (measure.getValue().takeChanged()) {
                byte[] record = measure.getValue().toBytes();
                setCurrentKey(measure.getKey());
                byte[] before = stored.value();
                storedBytes += record.length - (before == null ? 0 : before.length);
                stored.update(record);
            }
        }
        super.snapshotState(context);
    }

    @Override
    public void close() throws Exception {
        if (feed != null) {
            feed.close();
        }
        super.close();
    }
}
