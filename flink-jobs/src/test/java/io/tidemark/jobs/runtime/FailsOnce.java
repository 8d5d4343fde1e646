package io.tidemark.jobs.runtime;

import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Hands records on, and fails after some of them, in the first attempt only, when a checkpoint was taken. */
public final class FailsOnce<T> extends RichMapFunction<T, T> implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    private final int records;
    private int seen;
    private boolean checkpointed;

    /** @param records records that pass before */
    public FailsOnce(int records) {
        this.records = records;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        checkpointed = seen > 0;
    }

    @Override
    public T map(T record) {
        seen++;
        if (getRuntimeContext().getTaskInfo().getAttemptNumber() == 0 && seen >= records && checkpointed) {
            throw new IllegalStateException("failure on purpose after %d records".formatted(seen));
        }
        return record;
    }
}
