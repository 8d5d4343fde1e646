package io.tidemark.gateway.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.PresidioSample;
import org.junit.jupiter.api.Test;

/** Recall and precision on Presidio's sample; prints the table that the module's README holds. */
class PresidioSampleTest {

    @Test
    void patternShapedDataIsFound() {
        DetectionCounts counts = new DetectionCounts();
        PresidioSample.texts().forEach(counts::add);
        counts.print("Presidio's sample");
        assertThat(counts.missed()).isEmpty();
    }
}
