package io.tidemark.jobs.judging.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.embedding.backend.EmbeddingBackends;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddingJudgeTest extends JudgeContract {

    @Override
    Judge create() {
        return new EmbeddingJudge(
                new BackendSettings(EmbeddingBackends.ONNX_CPU, true, "", "", Duration.ofSeconds(10), 1));
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
