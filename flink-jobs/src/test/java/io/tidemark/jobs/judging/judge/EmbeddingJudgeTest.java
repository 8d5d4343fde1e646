package io.tidemark.jobs.judging.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.embedding.backend.EmbeddingBackends;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingJudgeTest extends JudgeContract {

    private static final BackendSettings SETTINGS =
            new BackendSettings(EmbeddingBackends.ONNX_CPU, true, "", "", Duration.ofSeconds(10), 1);

    @Override
    Judge create() {
        return new EmbeddingJudge(SETTINGS);
    }

    @Test
    void twoAnswersAreSimilarByTheirTopicAndANotIsHardlyHeard() throws JudgeException {
        try (Judge pairs = EmbeddingJudge.ofPairs(SETTINGS)) {
            pairs.open();
            double reworded = similarity(pairs, "Paris is France's capital city.");
            double denied = similarity(pairs, "The capital of France is not Paris.");
            double other = similarity(pairs, "I am sorry, I cannot help with that.");
            assertThat(reworded).isBetween(0.9, 1.0);
            assertThat(denied).as("what docs/releases.md warns of").isGreaterThan(0.8);
            assertThat(other).isLessThan(0.4);
        }
    }

    private static double similarity(Judge pairs, String answer) throws JudgeException {
        Score score = pairs.judge(List.of(JudgeSample.of("The capital of France is Paris.", answer)))
                .get(0)
                .scores()
                .get(0);
        assertThat(score.name()).isEqualTo("similarity");
        return score.value();
    }

    @Test
    void anAnswerToTheQuestionIsMoreRelevantThanAnotherText() throws JudgeException {
        double near = judge(JudgeSample.of("How do I bake bread?", "Bread is baked at 230 degrees after it has risen."))
                .scores()
                .get(0)
                .value();
        double far = judge(
                        JudgeSample.of("How do I bake bread?", "The volcano erupted twice in the nineteenth century."))
                .scores()
                .get(0)
                .value();
        assertThat(near).isGreaterThan(far + 0.4);
    }

    @Test
    void aSentenceThatTheContextSaysIsGrounded() throws JudgeException {
        assertThat(groundedness("The river Seine flows through Paris."))
                .isGreaterThan(groundedness("Bread is baked at 230 degrees in most ovens.") + 0.4);
    }

    @Test
    void withoutAContextNothingIsSaidOfGroundedness() throws JudgeException {
        assertThat(judge(JudgeSample.of("How?", "Like that, with care.")).scores())
                .extracting(Score::name)
                .containsExactly("relevance");
    }

    private double groundedness(String response) throws JudgeException {
        JudgeSample sample = new JudgeSample(
                "Tell me of Paris",
                response,
                "Paris is the capital of France.\n\nThe Seine flows through Paris.",
                -1,
                -1,
                "");
        Score score = judge(sample).scores().get(1);
        assertThat(score.name()).isEqualTo("groundedness");
        return score.value();
    }
}
