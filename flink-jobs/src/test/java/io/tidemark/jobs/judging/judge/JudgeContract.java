package io.tidemark.jobs.judging.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.outcome.OutcomeCatalogue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every judge promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JudgeContract {

    private static final JudgeSample FRANCE = new JudgeSample(
            "What is the capital of France?",
            "The capital of France is Paris. It lies on the Seine.",
            "Paris is the capital of France. The Seine flows through Paris.",
            -1,
            -1,
            "stop");
    private static final JudgeSample BREAD = JudgeSample.of(
            "How do I bake bread?", "Mix flour, water, salt and yeast, let it rise, and bake it at 230 degrees.");
    private static final JudgeSample OFF_TOPIC =
            JudgeSample.of("How do I bake bread?", "The volcano erupted twice in the nineteenth century.");

    private Judge judge;

    abstract Judge create();

    @BeforeAll
    void open() throws JudgeException {
        judge = create();
        judge.open();
    }

    @AfterAll
    void close() {
        judge.close();
        judge.close();
    }

    final Judgement judge(JudgeSample sample) throws JudgeException {
        return judge.judge(List.of(sample)).get(0);
    }

    @Test
    void itIsInTheListAndSaysItsVersionBeforeItIsOpen() {
        Judge closed = create();
        assertThat(Judges.NAMES).contains(closed.name());
        assertThat(closed.version()).isNotBlank().isEqualTo(judge.version());
        closed.close();
    }

    @Test
    void scoresAreOfTheCatalogueAndInItsRange() throws JudgeException {
        for (JudgeSample sample : List.of(FRANCE, BREAD, OFF_TOPIC)) {
            Judgement judgement = judge(sample);
            assertThat(judgement.unjudged()).isEmpty();
            assertThat(judgement.scores()).isNotEmpty().allSatisfy(score -> assertThat(
                            OutcomeCatalogue.outcome(score.name()).takes(score.value()))
                    .as(score.toString())
                    .isTrue());
            assertThat(judgement.costNanoUsd()).isBetween(0L, judge.highestCostNanoUsd(sample));
        }
    }

    @Test
    void withoutTextThereIsNoScore() throws JudgeException {
        for (JudgeSample sample : List.of(
                JudgeSample.of("", ""),
                JudgeSample.of("What?", ""),
                JudgeSample.of("", "That."),
                JudgeSample.of("a", " \n"))) {
            assertThat(judge(sample)).isEqualTo(Judgement.none(Judgement.NO_TEXT));
            assertThat(judge.highestCostNanoUsd(sample)).isZero();
        }
        assertThat(judge(JudgeSample.of("Who is it?", "[PERSON], [EMAIL]!")))
                .isEqualTo(Judgement.none(Judgement.REDACTED));
    }

    @Test
    void aJudgementDoesNotDependOnTheOthersOfItsBatch() throws JudgeException {
        List<JudgeSample> samples = new ArrayList<>(List.of(FRANCE, BREAD, JudgeSample.of("", ""), OFF_TOPIC));
        List<Judgement> alone = new ArrayList<>();
        for (JudgeSample sample : samples) {
            alone.add(judge(sample));
        }
        assertThat(judge.judge(samples)).isEqualTo(alone);
        Collections.reverse(samples);
        Collections.reverse(alone);
        assertThat(judge.judge(samples)).isEqualTo(alone);
    }
}
