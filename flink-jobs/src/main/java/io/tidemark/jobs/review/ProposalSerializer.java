package io.tidemark.jobs.review;

import io.tidemark.jobs.runtime.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link Proposal}. */
public final class ProposalSerializer extends FlatSerializer<Proposal> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Proposal proposal, DataOutputView target) throws IOException {
        writeBytes(proposal.toBytes(), target);
    }

    @Override
    public Proposal deserialize(DataInputView source) throws IOException {
        return Proposal.fromBytes(readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<Proposal> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Snapshot of the serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Proposal> {
        public Snapshot() {
            super(ProposalSerializer::new);
        }
    }
}
