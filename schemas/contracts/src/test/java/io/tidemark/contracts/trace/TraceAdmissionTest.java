package io.tidemark.contracts.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TraceAdmissionTest {

    @Test
    void aNegativeSkewIsRefused() {
        assertThatThrownBy(() -> new TraceAdmission(Duration.ofSeconds(-1)))
                .hasMessage("maximum skew 'PT-1S' must be >= PT0S");
    }

    @Test
    void theStandardSkewIsTenMinutes() {
        assertThat(TraceAdmission.DEFAULT_MAXIMUM_SKEW).isEqualTo(Duration.ofMinutes(10));
    }
}
