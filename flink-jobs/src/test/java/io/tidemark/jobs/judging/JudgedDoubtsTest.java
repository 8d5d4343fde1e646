package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.review.ReviewIds;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Score;
import io.tidemark.registry.TrustedRecords;
import java.time.Instant;
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

    @Test
    void aJudgeAndAUserContradictEachOtherWhenTheySayTheOpposite() {
        Judged liked = judged(scores(0.9, 0.8));
        Judged disliked = judged(scores(0.9, 0.1));
        Review review = Contradictions.review(liked, user(0.0), LOW).orElseThrow();
        assertThat(review.getReason()).isEqualTo("judge_disagreement");
        assertThat(review.getDoubt()).isEqualTo(0.8);
        assertThat(review.getDetail()).isEqualTo("coherence 0.80 by judge-1, and thumbs of a user says bad");
        assertThat(Contradictions.review(disliked, user(1.0), LOW))
                .get()
                .extracting(Review::getDoubt)
                .isEqualTo(0.9);
        assertThat(Contradictions.review(liked, user(1.0), LOW)).isEmpty();
        assertThat(Contradictions.review(disliked, user(0.0), LOW)).isEmpty();
        assertThat(Contradictions.review(judged(scores(0.5, 0.5)), user(0.0), LOW))
                .isEmpty();
    }

    @Test
    void usersSayGoodOrBadByThumbsAndStarsButNotByTheMiddleOne() {
        assertThat(Feedback.of(outcome("csat", 5, OutcomeSource.USER))).get().matches(Feedback::good);
        assertThat(Feedback.of(outcome("csat", 1, OutcomeSource.USER))).get().matches(each -> !each.good());
        assertThat(Feedback.of(outcome("csat", 3, OutcomeSource.USER))).isEmpty();
        assertThat(Feedback.of(outcome("csat", 9, OutcomeSource.USER)))
                .as("out of range")
                .isEmpty();
        assertThat(Feedback.of(outcome("thumbs", 1, OutcomeSource.JUDGE))).isEmpty();
        assertThat(Feedback.of(outcome("conversion", 1, OutcomeSource.USER))).isEmpty();
    }

    private static Feedback user(double thumbs) {
        return Feedback.of(outcome("thumbs", thumbs, OutcomeSource.USER)).orElseThrow();
    }

    private static Outcome outcome(String name, double value, OutcomeSource source) {
        return Outcome.newBuilder()
                .setTenant("acme")
                .setTraceId("trace-1")
                .setName(name)
                .setValue(value)
                .setSource(source)
                .setObservedTime(Instant.ofEpochMilli(EVENT / 1_000))
                .build();
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
