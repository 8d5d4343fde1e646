package io.tidemark.jobs.source;

import io.tidemark.jobs.runtime.FlatSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Refuses to move {@link AdmittedTrace}s between tasks: that would be a copy of each record, the dearest thing a job can do. */
public final class ChainedOnlySerializer extends FlatSerializer<AdmittedTrace> {

    private static final long serialVersionUID = 1L;
    private static final String REASON =
            "admitted traces must stay in the source's chain: same parallelism, forward partitioning, chaining on";

    @Override
    public void serialize(AdmittedTrace trace, DataOutputView target) {
        throw new UnsupportedOperationException(REASON);
    }

    @Override
    public AdmittedTrace deserialize(DataInputView source) {
        throw new UnsupportedOperationException(REASON);
    }

    @Override
    public TypeSerializerSnapshot<AdmittedTrace> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in checkpoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<AdmittedTrace> {
        /** Called by Flink when it reads a checkpoint. */
        public Snapshot() {
            super(ChainedOnlySerializer::new);
        }
    }
}
