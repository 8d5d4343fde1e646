package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.canary.pair.AgreementRule;
import org.junit.jupiter.api.Test;

class ScoreTest {

    @Test
    void whatAJudgeSaysOfAPairIsNamedByItsRule() {
        assertThat(ofPair("agreement").rule()).isEqualTo(AgreementRule.JUDGE);
        assertThat(ofPair("similarity").rule()).isEqualTo(AgreementRule.EMBEDDING);
        assertThat(Score.kindOfPair("relevance")).isNull();
        assertThat(new Score(1, 2, 0, 0.5, 3).isAgreement()).isFalse();
    }

    private static Score ofPair(String outcome) {
        Score score = Score.fromBytes(new Score(1, 2, Score.kindOfPair(outcome), 0.5, 3).toBytes());
        assertThat(score.isAgreement()).isTrue();
        return score;
    }
}
