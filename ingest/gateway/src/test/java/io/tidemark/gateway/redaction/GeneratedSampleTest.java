package io.tidemark.gateway.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.PersonalData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recall and precision on data made from the rules of its kind; {@code -Dpii.seed=N} tries another sample. */
class GeneratedSampleTest {

    private static final long SEED = Long.getLong("pii.seed", 20_261_121);
    private static final int OF_EACH_TYPE = 1_000;
    private static final double LEAST_RECALL = 0.95;

    @Test
    void patternShapedDataOfManyFormsIsFound() {
        DetectionCounts counts = counted(SEED);
        counts.print("generated, seed " + SEED);
        counts.missed().stream().limit(40).forEach(System.out::println);
        counts.wrong().stream().limit(40).forEach(System.out::println);
        assertThat(counts.lowestRecall()).isGreaterThanOrEqualTo(LEAST_RECALL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void soItIsInOtherSamples(long seed) {
        assertThat(counted(seed).lowestRecall()).isGreaterThanOrEqualTo(LEAST_RECALL);
    }

    private static DetectionCounts counted(long seed) {
        DetectionCounts counts = new DetectionCounts();
        new PersonalData(seed).sample(OF_EACH_TYPE).forEach(counts::add);
        return counts;
    }
}
