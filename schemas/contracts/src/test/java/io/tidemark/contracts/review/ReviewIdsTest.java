package io.tidemark.contracts.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReviewIdsTest {

    @Test
    void anIdIsTheSameForEver() {
        // printf 'acme\ntrace-1\nshadow/r-1\nshadow_disagreement' | sha256sum
        assertThat(ReviewIds.reviewId("acme", "trace-1", "shadow/r-1", "shadow_disagreement"))
                .isEqualTo("437df152fa6e41f9569291d902fb207c");
    }

    @Test
    void aDoubtOfAnotherKindIsAnotherReview() {
        assertThat(ReviewIds.reviewId("acme", "trace-1", "judge/rules", "low_score"))
                .isNotEqualTo(ReviewIds.reviewId("acme", "trace-1", "judge/rules", "judge_disagreement"));
    }
}
