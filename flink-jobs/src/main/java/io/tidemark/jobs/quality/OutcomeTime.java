package io.tidemark.jobs.quality;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** The time of a partition of outcomes: the latest time at which one became known, less what may come out of order. */
final class OutcomeTime implements WatermarkGenerator<KeyedRecord> {

    private static final String END = "";

    private final long outOfOrdernessMillis;
    private long highestMillis = Long.MIN_VALUE;
    private boolean ended;

    OutcomeTime(long outOfOrdernessMillis) {
        this.outOfOrdernessMillis = outOfOrdernessMillis;
    }

    /** Stands for the end of a partition in a replay. */
    static KeyedRecord end() {
        return new KeyedRecord(END, KeyedRecord.UNUSED, new byte[0], 0);
    }

    /** Whether a record is an outcome, and no end. */
    static boolean isOutcome(KeyedRecord record) {
        return !record.key().equals(END);
    }

    @Override
    public void onEvent(KeyedRecord record, long millis, WatermarkOutput output) {
        if (isOutcome(record)) {
            highestMillis = Math.max(highestMillis, Math.floorDiv(record.micros(), 1_000));
        } else {
            ended = true;
            output.emitWatermark(Watermark.MAX_WATERMARK);
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (!ended && highestMillis != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(highestMillis - outOfOrdernessMillis - 1));
        }
    }
}
