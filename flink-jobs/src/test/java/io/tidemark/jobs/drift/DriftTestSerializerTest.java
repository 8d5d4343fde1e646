package io.tidemark.jobs.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.DriftShare;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class DriftTestSerializerTest {

    private static final DriftTest TEST = new DriftTest(
            DriftKind.EMBEDDING,
            "prompt",
            Windows.cell("a"),
            1_000,
            300,
            "b1",
            200,
            2_000,
            "",
            "mmd2",
            0.001,
            0.002,
            new Comparison(3, 0.01, 1e-9),
            Comparison.NONE,
            new Comparison(1, 0, 0.4),
            new Comparison(3, 0.009, 1e-8),
            List.of(new DriftMember("a", 200, 2_000)),
            List.of(new DriftShare("travel", 0.2, 0.8)),
            List.of("travel"),
            List.of("t-1"),
            "onnx-cpu",
            0.5,
            new TextScores(0.2, 0.7, 0.1, Double.NaN));

    @Test
    void aTestIsReadAsItWasWritten() throws Exception {
        DataOutputSerializer target = new DataOutputSerializer(64);
        new DriftTestSerializer().serialize(TEST, target);
        DriftTest read = new DriftTestSerializer().deserialize(new DataInputDeserializer(target.getCopyOfBuffer()));
        assertThat(read).isEqualTo(TEST);
    }

    @Test
    void anotherLayoutIsRefused() {
        byte[] bytes = {9, 0, 0};
        assertThatThrownBy(() -> new DriftTestSerializer().deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("a drift test has version 9; this build reads versions 1 and 2");
    }
}
