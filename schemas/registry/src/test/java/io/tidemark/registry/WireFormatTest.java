package io.tidemark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    @Test
    void theHeaderIsAZeroByteAndABigEndianId() {
        byte[] record = new byte[WireFormat.HEADER_BYTES];
        WireFormat.writeHeader(record, 0x01020304);
        assertThat(HexFormat.of().formatHex(record)).isEqualTo("0001020304");
        assertThat(WireFormat.schemaId(record)).isEqualTo(0x01020304);
    }

    @Test
    void bytesWithoutAHeaderAreRefused() {
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[] {0, 0, 0, 1}))
                .isInstanceOf(NotARecordException.class)
                .hasMessage("4 bytes are too few for the 5-byte header");
        assertThatThrownBy(() -> WireFormat.schemaId("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(NotARecordException.class)
                .hasMessage("first byte is 0x7b, not the magic byte 0x00");
    }
}
