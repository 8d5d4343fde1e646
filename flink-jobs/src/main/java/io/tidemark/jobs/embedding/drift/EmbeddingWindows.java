package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.drift.BaselineBook;
import io.tidemark.jobs.drift.BaselineFeed;
import io.tidemark.jobs.drift.DriftTest;
import io.tidemark.jobs.drift.DriftWindows;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.windows.SliceLattice;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sums vectors by cell and window, and tests the windows that close. It runs once: all slices meet here. */
final class EmbeddingWindows extends AbstractStreamOperator<DriftTest>
        implements OneInputStreamOperator<ScoredText, DriftTest> {

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> BOOK =
            new ListStateDescriptor<>("embedding-book-v1", BytesSerializer.INSTANCE);

    private final int dimensions;
    private final DriftWindows windows;
    private final SliceLattice lattice;
    private final BaselineFeed.Factory baselines;

    private transient ListState<byte[]> stored;
    private transient EmbeddingBook texts;
    private transient BaselineFeed feed;
    private transient BaselineBook book;
    private transient StreamRecord<DriftTest> outgoing;

    EmbeddingWindows(int dimensions, DriftWindows windows, SliceLattice lattice, BaselineFeed.Factory baselines) {
        this.dimensions = dimensions;
        this.windows = windows;
        this.lattice = lattice;
        this.baselines = baselines;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        texts = new EmbeddingBook(dimensions, windows, lattice);
        stored = context.getOperatorStateStore().getListState(BOOK);
        for (byte[] record : stored.get()) {
            texts.restore(record);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        outgoing = new StreamRecord<>(null);
        book = new BaselineBook();
        feed = baselines.open();
        book.add(feed.poll());
        var metrics = getMetricGroup().addGroup(PrometheusReporter.GROUP);
        metrics.gauge("embedding_windows_scored", () -> texts.scored());
        metrics.gauge("embedding_windows_unscored", () -> texts.unscored());
        metrics.gauge("embedding_windows_other_backend", () -> texts.ofAnotherBackend());
        metrics.gauge("embedding_windows_open", () -> texts.openWindows());
    }

    @Override
    public void processElement(StreamRecord<ScoredText> element) {
        ScoredText text = element.getValue();
        book.active().of(text.origin().tenant()).ifPresent(profile -> texts.add(text, profile.head()));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        book.add(feed.poll());
        texts.close(mark.getTimestamp()).forEach(test -> output.collect(outgoing.replace(test)));
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        stored.update(List.of(texts.toBytes()));
    }

    @Override
    public void close() throws Exception {
        if (feed != null) {
            feed.close();
        }
        super.close();
    }
}
