package io.tidemark.jobs.canary;

import io.tidemark.jobs.canary.pair.PairSums;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Adds the pairs of traces up by shadow, tenant and pane before they are sent to another task. It holds nothing over a checkpoint. */
final class PairAggregation extends AbstractStreamOperator<Contribution>
        implements OneInputStreamOperator<Contribution, Contribution> {

    private static final long serialVersionUID = 1L;
    private static final byte[] NO_CELL = {};

    private transient Map<Contribution, PairSums> open;

    @Override
    public void open() throws Exception {
        super.open();
        open = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Contribution> element) {
        Contribution one = element.getValue();
        open.computeIfAbsent(with(one, NO_CELL), unused -> new PairSums()).add(PairSums.fromBytes(one.cell()));
    }

    private static Contribution with(Contribution from, byte[] cell) {
        return new Contribution(
                from.releaseId(),
                from.arm(),
                from.changed(),
                from.versionId(),
                from.tenant(),
                from.paneStartMillis(),
                cell);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        drain();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        drain();
    }

    @Override
    public void finish() {
        drain();
    }

    private void drain() {
        open.forEach((of, sums) -> output.collect(new StreamRecord<>(with(of, sums.toBytes()))));
        open.clear();
    }
}
