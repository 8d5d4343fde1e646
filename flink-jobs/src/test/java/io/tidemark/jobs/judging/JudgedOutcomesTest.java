package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Score;
import io.tidemark.jobs.quality.join.OutcomeChecks;
import io.tidemark.registry.TrustedRecords;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JudgedOutcomesTest {

    private static final long EVENT = 1_772_409_600_000_000L;
    private static final Judgement GOOD =
            new Judgement(List.of(new Score("relevance", 0.75, "on topic"), new Score("coherence", 1, "")), "", 2_500);

    @BeforeAll
    static void trust() {
        TrustedRecords.register();
    }

    static JudgeTask task(String tenant, long eventMicros, JudgeSample sample) {
        return new JudgeTask(
                tenant,
                "trace-1",
                "",
                List.of("model", "none", "prompt-1", "none", "none", "eval", "engine"),
                "CANARY",
                "refund",
                eventMicros,
                50,
                100,
                sample,
                "");
    }

    @Test
    void aJudgementIsItsScoresThatThereAreAnyAndWhatItCost() {
        List<Outcome> outcomes = outcomes(GOOD, EVENT + 9);
        assertThat(outcomes)
                .extracting(Outcome::getName)
                .containsExactly("relevance", "coherence", "judged", "judge_cost");
        assertThat(outcomes).extracting(Outcome::getValue).containsExactly(0.75, 1.0, 1.0, 2.5e-6);
        assertThat(outcomes)
                .extracting(outcome -> outcome.getAttributes().get(OutcomeChecks.WEIGHT_ATTRIBUTE))
                .containsExactly("100.0", "100.0", "50.0", "1.0");
        assertThat(outcomes.get(0).getExplanation()).isEqualTo("on topic");
        assertThat(outcomes.get(2).getCostNanoUsd()).isEqualTo(2_500);
    }

    @Test
    void theOutcomeBringsTheSliceOfItsInference() {
        Outcome outcome = outcomes(GOOD, EVENT + 9).get(0);
        assertThat(outcome.getSource()).isEqualTo(OutcomeSource.JUDGE);
        assertThat(outcome.getJudgeName()).isEqualTo("openai-compatible");
        assertThat(outcome.getJudgeVersion()).isEqualTo("m/answer-quality@1");
        assertThat(outcome.getRole()).isEqualTo(TrafficRole.CANARY);
        assertThat(outcome.getVersion().getPrompt()).isEqualTo("prompt-1");
        assertThat(outcome.getInferenceTime()).isEqualTo(Instant.ofEpochSecond(EVENT / 1_000_000));
        assertThat(outcome.getObservedTime())
                .isEqualTo(outcome.getInferenceTime().plusNanos(9_000));
        assertThat(OutcomeChecks.of(outcome, EVENT / 1_000).refusal()).isEmpty();
    }

    @Test
    void askedAgainItIsTheSameOutcome() {
        assertThat(outcomes(GOOD, EVENT + 9))
                .extracting(Outcome::getOutcomeId)
                .doesNotHaveDuplicates()
                .isEqualTo(outcomes(GOOD, EVENT + 77).stream()
                        .map(Outcome::getOutcomeId)
                        .toList());
    }

    @Test
    void withoutAScoreOnlyTheReasonIsKept() {
        List<Outcome> outcomes = outcomes(Judgement.none(Judgement.NO_TEXT), EVENT);
        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.getName()).isEqualTo("judged");
            assertThat(outcome.getValue()).isZero();
            assertThat(outcome.getAttributes()).containsEntry("unjudged", "no_text");
        });
    }

    @Test
    void nonsenseIsPaidFor() {
        Judgement nonsense = new Judgement(List.of(), Judgement.NONSENSE, 900);
        assertThat(outcomes(nonsense, EVENT)).extracting(Outcome::getName).containsExactly("judged", "judge_cost");
    }

    @Test
    void anUnknownCostIsNotNothing() {
        Judgement free = new Judgement(GOOD.scores(), "", Judgement.UNKNOWN_COST);
        assertThat(outcomes(free, EVENT)).extracting(Outcome::getName).doesNotContain("judge_cost");
        assertThat(outcomes(free, EVENT).get(2).getCostNanoUsd()).isNull();
    }

    private static List<Outcome> outcomes(Judgement judgement, long observedMicros) {
        JudgeTask task = task("acme", EVENT, JudgeSample.of("How?", "So."));
        return JudgedOutcomes.outcomes(
                Judged.of(task, judgement, "openai-compatible", "m/answer-quality@1", observedMicros));
    }
}
