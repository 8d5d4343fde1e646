package io.tidemark.jobs.source;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Watermarks of one partition: its highest time less the accepted disorder; the end of time after its end marker. */
final class PartitionWatermarks implements WatermarkGenerator<RawTrace> {

    private final long outOfOrdernessMillis;
    private long highestMillis = RawTrace.NO_TIME;
    private boolean ended;

    PartitionWatermarks(long outOfOrdernessMillis) {
        this.outOfOrdernessMillis = outOfOrdernessMillis;
    }

    @Override
    public void onEvent(RawTrace trace, long timestampMillis, WatermarkOutput output) {
        if (trace.isEndMarker()) {
            ended = true;
            output.emitWatermark(Watermark.MAX_WATERMARK);
        } else if (trace.candidateMillis() > highestMillis) {
            highestMillis = trace.candidateMillis();
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (!ended && highestMillis != RawTrace.NO_TIME) {
            output.emitWatermark(new Watermark(highestMillis - outOfOrdernessMillis - 1));
        }
    }
}
