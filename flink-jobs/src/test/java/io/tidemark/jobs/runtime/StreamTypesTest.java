package io.tidemark.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.jobs.canary.Contribution;
import io.tidemark.jobs.canary.ReleaseRecord;
import io.tidemark.jobs.canary.SliceCell;
import io.tidemark.jobs.canary.pair.Answer;
import io.tidemark.jobs.drift.DriftTest;
import io.tidemark.jobs.review.Proposal;
import io.tidemark.jobs.rules.Finding;
import io.tidemark.jobs.rules.PaneRow;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.windows.Partial;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class StreamTypesTest {

    private static final List<TypeInformation<?>> TYPES = List.of(
            OutputRecord.TYPE,
            RawTrace.TYPE,
            AdmittedTrace.TYPE,
            Partial.TYPE,
            SliceCell.TYPE,
            Contribution.TYPE,
            Answer.TYPE,
            ReleaseRecord.TYPE,
            PaneRow.TYPE,
            Finding.TYPE,
            DriftTest.TYPE,
            Proposal.TYPE);

    @Test
    void everyStreamHasASerializerOfItsOwnAndNoneIsKryo() {
        SerializerConfigImpl noGenericTypes = new SerializerConfigImpl();
        noGenericTypes.setGenericTypes(false);
        for (TypeInformation<?> type : TYPES) {
            assertThat(type.createSerializer(noGenericTypes)).isInstanceOf(FlatSerializer.class);
        }
    }

    @Test
    void serializersAreRestoredFromTheirSnapshots() {
        for (TypeInformation<?> type : TYPES) {
            TypeSerializer<?> serializer = type.createSerializer(new SerializerConfigImpl());
            assertThat(serializer.snapshotConfiguration().restoreSerializer()).isEqualTo(serializer);
        }
    }

    @Test
    void recordsComeBackAsTheyWere() throws Exception {
        OutputRecord output =
                new OutputRecord("topic", null, new byte[] {1, 2}, new String[] {"name"}, new byte[][] {{3}});
        Partial partial = new Partial("slice\u00ff\u0000", -10_000, new byte[] {4, 5, 6});
        RawTrace marker = new RawTrace(new byte[0], null, 3, 4, 5, RawTrace.NO_TIME);

        assertThat(copy(OutputRecord.TYPE, output)).usingRecursiveComparison().isEqualTo(output);
        OutputRecord mark = OutputRecord.mark("topic", 3, "name", "text");
        PaneRow pane = new PaneRow("tenant", 1, 2, 0, 0, new byte[] {7});
        PaneRow word = new PaneRow("", 1, 2, 3, 4, null);
        Finding finding = new Finding("rule", 1, true, 2, 3, 0.5, 6, 7, true, new byte[] {8});
        assertThat(copy(OutputRecord.TYPE, mark)).usingRecursiveComparison().isEqualTo(mark);
        assertThat(copy(PaneRow.TYPE, pane)).usingRecursiveComparison().isEqualTo(pane);
        assertThat(copy(PaneRow.TYPE, word)).usingRecursiveComparison().isEqualTo(word);
        assertThat(copy(Finding.TYPE, finding)).usingRecursiveComparison().isEqualTo(finding);
        assertThat(copy(Partial.TYPE, partial)).usingRecursiveComparison().isEqualTo(partial);
        assertThat(copy(RawTrace.TYPE, marker)).usingRecursiveComparison().isEqualTo(marker);
    }

    @Test
    void admittedTracesRefuseToLeaveTheirChain() {
        assertThatThrownBy(() -> copy(AdmittedTrace.TYPE, new AdmittedTrace()))
                .hasMessageStartingWith("admitted traces must stay in the source's chain");
    }

    private static <T> T copy(TypeInformation<T> type, T record) throws Exception {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer output = new DataOutputSerializer(64);
        serializer.serialize(record, output);
        return serializer.deserialize(new DataInputDeserializer(output.getCopyOfBuffer()));
    }
}
