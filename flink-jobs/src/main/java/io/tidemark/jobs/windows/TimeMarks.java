package io.tidemark.jobs.windows;

import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.jobs.runtime.OutputRecord;
import java.util.function.Consumer;

/**
 * Tells every partition of the windows topic when time has passed a pane. Who decides by the rows knows by it, without
 * looking at a clock, that no first row of the pane is missing, however many subtasks write them.
 */
final class TimeMarks {

    private final String topic;
    private final int partitions;
    private final int subtask;
    private final int parallelism;
    private long saidPanes = Long.MIN_VALUE;

    /** @param partitions how many partitions are told; 0 for none */
    TimeMarks(String topic, int partitions, int subtask, int parallelism) {
        this.topic = topic;
        this.partitions = partitions;
        this.subtask = subtask;
        this.parallelism = parallelism;
    }

    /** Says how far time has come, when it has passed the end of a pane since it was last said. */
    void pass(long watermarkMillis, Consumer<OutputRecord> output) {
        boolean isEnd = watermarkMillis == Long.MAX_VALUE;
        long panes = isEnd ? Long.MAX_VALUE : Math.floorDiv(watermarkMillis + 1, WindowSizes.MILLIS[WindowSizes.PANE]);
        if (panes <= saidPanes) {
            return;
        }
        saidPanes = panes;
        String word = "%d|%d|%d".formatted(subtask, parallelism, watermarkMillis);
        for (int partition = 0; partition < partitions; partition++) {
            output.accept(OutputRecord.mark(topic, partition, RecordHeaders.WATERMARK, word));
        }
    }
}
