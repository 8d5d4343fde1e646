package io.tidemark.jobs.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StoredPartialTest {

    private static final byte[] SLICE = "slice".getBytes(StandardCharsets.ISO_8859_1);
    private static final long PANE = 1_767_225_600_000L;

    private final StoredPartial stored = new StoredPartial();

    @Test
    void measuresAndTheLogAddUp() {
        byte[] log = Increments.log(1, 30, 40);
        byte[] record =
                StoredPartial.toBytes(SLICE, SLICE.length, PANE, Increments.lateMeasures(1, 10, 20), log, log.length);

        Partial partial = stored.fromBytes(record);

        assertThat(partial.slice()).isEqualTo("slice");
        assertThat(partial.paneStartMillis()).isEqualTo(PANE);
        assertThat(partial.measures()).isEqualTo(Increments.lateMeasures(1, 10, 20, 30, 40));
    }

    @Test
    void eitherMayBeMissing() {
        byte[] log = Increments.log(0, 5);
        assertThat(stored.fromBytes(StoredPartial.toBytes(SLICE, SLICE.length, PANE, null, log, log.length))
                        .measures())
                .isEqualTo(Increments.measures(5));
        Partial measuresOnly = new Partial("slice", PANE, Increments.measures(7));
        assertThat(stored.fromBytes(StoredPartial.toBytes(measuresOnly)).measures())
                .isEqualTo(measuresOnly.measures());
    }

    @Test
    void anUnknownVersionIsNamed() {
        byte[] record = StoredPartial.toBytes(new Partial("slice", PANE, Increments.measures(7)));
        record[0] = 9;
        assertThatThrownBy(() -> stored.fromBytes(record))
                .hasMessageContaining("version 9")
                .hasMessageContaining("version 1");
    }
}
