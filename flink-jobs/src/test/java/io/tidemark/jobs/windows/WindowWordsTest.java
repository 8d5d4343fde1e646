package io.tidemark.jobs.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.FixedSchemas;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** How the windows job tells its readers what time it is. */
class WindowWordsTest {

    @Test
    void everyPartitionIsToldTheTimeOnceAPaneAndItsEnd() throws Exception {
        FixedSchemas.serializer().close();
        try (KeyedOneInputStreamOperatorTestHarness<String, Partial, OutputRecord> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new WindowOperator(WindowOperatorTest.config(), 2), Partial::slice, Types.STRING, 128, 1, 0)) {
            harness.setup(OutputRecord.TYPE.createSerializer(null));
            harness.open();
            harness.processWatermark(9_999);
            harness.processWatermark(12_000);
            harness.processWatermark(19_999);
            harness.processWatermark(Long.MAX_VALUE);

            assertThat(words(harness.extractOutputValues()))
                    .containsExactly(
                            "0: 0|1|9999",
                            "1: 0|1|9999",
                            "0: 0|1|19999",
                            "1: 0|1|19999",
                            "0: 0|1|" + Long.MAX_VALUE,
                            "1: 0|1|" + Long.MAX_VALUE);
        }
    }

    private static List<String> words(List<OutputRecord> records) {
        return records.stream()
                .filter(record -> List.of(record.headerNames()).contains(RecordHeaders.WATERMARK))
                .map(record -> record.partition() + ": " + new String(record.headerValues()[0], StandardCharsets.UTF_8))
                .toList();
    }
}
