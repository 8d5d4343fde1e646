package io.tidemark.jobs.quality.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.registry.TrustedRecords;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeChecksTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    @BeforeAll
    static void trustContracts() {
        TrustedRecords.register();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "thumbs, 1, null, ''",
                "thumbs, null, down, ''",
                "thumbs, 0.5, null, out_of_range",
                "thumbs, null, perhaps, out_of_range",
                "csat, 5, null, ''",
                "csat, 6, null, out_of_range",
                "csat, NaN, null, out_of_range",
                "csat, null, null, out_of_range",
                "faithfulness, 1.7, great, out_of_range",
                "revenue, 2000000, null, out_of_range",
                "label, null, spam, ''",
                "label, 3, null, out_of_range",
                "ranking, null, '3,0,2|1', ''",
                "ranking, null, '0,0', out_of_range",
                "ranking, null, 'a,b', out_of_range",
                "ranking, null, '1|2|3', out_of_range",
                "horoscope, 1, null, unlisted"
            })
    void eachIsTakenOrCountedWithItsReason(String name, Double value, String label, String refusal) {
        OutcomeChecks checks =
                check(outcome(name).setValue(value).setLabel(label).build());
        assertThat(checks.refusal()).isEqualTo(refusal);
        assertThat(checks.learned() != null).isEqualTo(refusal.isEmpty());
    }

    @Test
    void aTimeAheadOfItsArrivalIsRefused() {
        assertThat(check(outcome("thumbs")
                                .setValue(1.0)
                                .setObservedTime(NOW.plusSeconds(3_600))
                                .build())
                        .refusal())
                .isEqualTo("future");
        assertThat(check(outcome("thumbs")
                                .setValue(1.0)
                                .setObservedTime(Instant.EPOCH)
                                .build())
                        .refusal())
                .isEqualTo("out_of_range");
    }

    @ParameterizedTest
    @CsvSource({"20, ''", "0.5, out_of_range", "many, out_of_range", "1e9, out_of_range"})
    void theWeightOfWhoeverChoseTheInference(String weight, String refusal) {
        Outcome outcome = outcome("relevance")
                .setValue(0.5)
                .setAttributes(Map.of(OutcomeChecks.WEIGHT_ATTRIBUTE, weight))
                .build();
        assertThat(check(outcome).refusal()).isEqualTo(refusal);
    }

    @Test
    void scoresOfTwoVersionsOfAJudgeAreTwoMeasures() {
        Outcome outcome = outcome("relevance")
                .setValue(0.5)
                .setSource(OutcomeSource.JUDGE)
                .setJudgeName("strict")
                .setJudgeVersion("3")
                .build();
        assertThat(check(outcome).learned().category()).isEqualTo("strict@3");
    }

    private static OutcomeChecks check(Outcome outcome) {
        return OutcomeChecks.of(outcome, NOW.toEpochMilli());
    }

    private static Outcome.Builder outcome(String name) {
        return Outcome.newBuilder()
                .setOutcomeId("o")
                .setTenant("acme")
                .setTraceId("t")
                .setName(name)
                .setObservedTime(NOW);
    }
}
