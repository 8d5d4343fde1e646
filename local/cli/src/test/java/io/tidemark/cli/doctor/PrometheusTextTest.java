package io.tidemark.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void theLargestFiniteSampleCounts() {
        PrometheusText text = new PrometheusText(
                """
                # TYPE tidemark_watermark_age_seconds gauge
                tidemark_watermark_age_seconds{partition="0"} 1.5
                tidemark_watermark_age_seconds{partition="1"} 12.0
                tidemark_watermark_age_seconds{partition="2"} NaN
                """);
        assertThat(text.largest("watermark_age_seconds")).hasValue(12.0);
        assertThat(text.largest("checkpoint_age_seconds")).isEmpty();
    }
}
