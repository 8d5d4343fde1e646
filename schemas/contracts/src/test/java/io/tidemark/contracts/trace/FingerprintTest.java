package io.tidemark.contracts.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void fingerprintsAreFixedForEver() {
        assertThat(of("")).isEqualTo(-4719393840495194555L);
        assertThat(of("gpt-4o")).isEqualTo(-4893827800889367191L);
        assertThat(of("0123456789abcdef0123456789abcdef")).isEqualTo(9172029196239739304L);
    }

    @Test
    void oneBitMakesAnother() {
        assertThat(of("a")).isNotEqualTo(of("c"));
        assertThat(of("12345678")).isNotEqualTo(of("123456789"));
    }

    private static long of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Fingerprint.of(bytes, 0, bytes.length);
    }
}
