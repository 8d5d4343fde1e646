package io.tidemark.jobs.rules;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Time of one partition of the windows topic: what the slowest of its writers has given its word on. Rows say nothing about
 * time: those of several writers are mixed, and a quiet minute has none.
 */
final class WriterWatermarks implements WatermarkGenerator<PaneRow> {

    private final Map<Integer, Long> words = new TreeMap<>();
    private int writers = Integer.MAX_VALUE;

    @Override
    public void onEvent(PaneRow pane, long timestampMillis, WatermarkOutput output) {
        if (!pane.isWord()) {
            return;
        }
        writers = pane.writers();
        words.merge(pane.writer(), pane.endMillis(), Math::max);
        words.keySet().removeIf(writer -> writer >= writers);
        if (words.size() == writers) {
            long time = words.values().stream().mapToLong(Long::longValue).min().orElseThrow();
            output.emitWatermark(time == Long.MAX_VALUE ? Watermark.MAX_WATERMARK : new Watermark(time));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // every word is passed on as it comes
    }
}
