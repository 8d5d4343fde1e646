package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.review.ReviewIds;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Score;
import io.tidemark.registry.TrustedRecords;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgedDoubtsTest {

    private static final long EVENT = 1_772_409_600_000_000L;
    private static final double LOW = 0.3;

    @BeforeAll
    static void trust() {
        TrustedRecords.register();
    }

    @Test
    void theLowestOfItsScoresMakesAnAnswerDoubtful() {
        Review review = review(scores(0.9, 0.25)).orElseThrow();
        assertThat(review.getReason()).isEqualTo("low_score");
        assertThat(review.getSource()).isEqualTo("judge/judge-1");
        assertThat(review.getDoubt()).isEqualTo(0.75);
        assertThat(review.getDetail()).isEqualTo("coherence 0.25 by judge-1");
        assertThat(review.getAttributes()).containsEntry("relevance", "0.9").containsEntry("judge_version", "v1");
        assertThat(review.getSlice().getIntent()).isEqualTo("refund");
        assertThat(review.getSlice().getVersion().getPrompt()).isEqualTo("prompt-1");
        assertThat(review.getInferenceIds()).containsExactly(InferenceIds.inferenceId("acme", "trace-1", ""));
        assertThat(review.getReviewId()).isEqualTo(ReviewIds.reviewId("acme", "trace-1", "judge/judge-1", "low_score"));
    }

    @Test
    void aScoreAtTheBoundIsNotLow() {
        assertThat(review(scores(0.9, LOW))).isEmpty();
        assertThat(JudgedDoubts.review(judged(scores(0, 0)), 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Judgement.NONSENSE, Judgement.REFUSED_BY_JUDGE})
    void anAnswerThatTheJudgeCouldNotJudgeIsOneToLookAt(String reason) {
        Review review = review(Judgement.none(reason)).orElseThrow();
        assertThat(review.getReason()).isEqualTo("unjudged");
        assertThat(review.getDoubt()).isNull();
        assertThat(review.getDetail()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {Judgement.NO_TEXT, Judgement.NO_CONTEXT, Judgement.JUDGE_DOWN, Judgement.OVER_BUDGET})
    void anAnswerThatNoJudgeHasSeenIsNot(String reason) {
        assertThat(review(Judgement.none(reason))).isEmpty();
    }

    private static Judgement scores(double relevance, double coherence) {
        return new Judgement(
                List.of(new Score("relevance", relevance, "text of the answer"), new Score("coherence", coherence, "")),
                "",
                0);
    }

    private static Optional<Review> review(Judgement judgement) {
        return JudgedDoubts.review(judged(judgement), LOW);
    }

    private static Judged judged(Judgement judgement) {
        JudgeTask task = JudgedOutcomesTest.task("acme", EVENT, JudgeSample.of("How?", "So."));
        return Judged.of(task, judgement, "judge-1", "v1", EVENT + 9);
    }
}
