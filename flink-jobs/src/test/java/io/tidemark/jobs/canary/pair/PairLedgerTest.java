package io.tidemark.jobs.canary.pair;

import static io.tidemark.jobs.canary.pair.Answers.production;
import static io.tidemark.jobs.canary.pair.Answers.shadow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.jobs.measures.ByteWriter;
import org.junit.jupiter.api.Test;

class PairLedgerTest {

    private static final long PANE = 10_000;
    private static final double COSINE = 0.8;

    private final PairSums sums = new PairSums();
    private PairLedger ledger = new PairLedger(COSINE);

    @Test
    void whicheverAnswerComesFirstTheyAreOnePairOfThePaneOfTheLaterOne() {
        ledger.add(shadow(14, "Yes"));
        ledger.add(production(3, "yes "));
        close(0);
        assertThat(sums.pairs()).isZero();
        assertThat(sums.productions()).isOne();

        close(1);
        assertThat(sums.pairs()).isOne();
        assertThat(sums.shadows()).isOne();
        assertThat(sums.productions()).as("an answer is seen once").isOne();
        assertThat(exact()).isEqualTo(new PairSums.Units(1, 1));
        assertThat(sums.named()).isEmpty();
    }

    @Test
    void caseSpaceAndFormsOfACharacterAreNoDifferenceAndWordsAre() {
        assertThat(AnswerText.hash(" Ｒefund\n\t of  5 "))
                .isEqualTo(AnswerText.hash("refund of 5"))
                .isNotEqualTo(AnswerText.hash("refund of 6"))
                .isNotEqualTo(AnswerText.UNKNOWN);
    }

    @Test
    void anAnswerWithoutATextIsAPairThatNobodyKnowsOf() {
        ledger.add(shadow(1, null));
        ledger.add(production(2, "yes"));
        close(0);
        assertThat(sums.pairs()).isOne();
        assertThat(exact()).isEqualTo(new PairSums.Units(0, 0));
    }

    @Test
    void ofATraceWithSeveralCallsTheFirstBelongsToTheFirst() {
        ledger.add(production(4, "two"));
        ledger.add(shadow(5, "two"));
        ledger.add(shadow(2, "one"));
        ledger.add(production(1, "one"));
        ledger.add(production(6, "three"));
        close(0);
        assertThat(sums.pairs()).isEqualTo(2);
        assertThat(exact()).isEqualTo(new PairSums.Units(2, 2));
        assertThat(sums.productions()).isEqualTo(3);
    }

    @Test
    void theDeltasAreOfTheTwoAnswersToOneRequest() {
        ledger.add(shadow(1, "a"));
        ledger.add(production(2, "b"));
        close(0);
        // 120 against 100, 2 s against 1 s, refused against answered; no word about guardrails
        assertThat(Math.exp(mean(PairDelta.COST))).isCloseTo(1.2, within(1e-4));
        assertThat(Math.exp(mean(PairDelta.LATENCY))).isCloseTo(2, within(2e-4));
        assertThat(mean(PairDelta.REFUSALS)).isEqualTo(1);
        assertThat(sums.delta(PairDelta.GUARDRAIL_BLOCKED).moments().count()).isZero();
    }

    @Test
    void theFirstWordOfAJudgeCountsWheneverItComes() {
        ledger.add(shadow(1, "a"));
        ledger.add(production(2, "b"));
        close(0);
        assertThat(judged()).isEqualTo(new PairSums.Units(0, 0));
        ledger.judge(AgreementRule.JUDGE, 0.25, 30_000, this::take);
        ledger.judge(AgreementRule.JUDGE, 1, 31_000, this::take);
        assertThat(judged()).isEqualTo(new PairSums.Units(0, 1));
        assertThat(sums.named())
                .extracting(Disagreement::rule, Disagreement::doubt)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(AgreementRule.EXACT, 1.0),
                        org.assertj.core.groups.Tuple.tuple(AgreementRule.JUDGE, 0.75));
    }

    @Test
    void byTheirCosineAnswersAgreeFromTheBoundOnAndEachRuleHasItsOwnWord() {
        ledger.add(shadow(1, "a"));
        ledger.add(production(2, "b"));
        close(0);
        ledger = PairLedger.fromBytes(ledger.toBytes(), COSINE);
        ledger.judge(AgreementRule.EMBEDDING, 0.79, 30_000, this::take);
        assertThat(embedded()).isEqualTo(new PairSums.Units(0, 1));
        assertThat(judged()).as("no judge has spoken").isEqualTo(new PairSums.Units(0, 0));
        ledger.judge(AgreementRule.JUDGE, 1, 31_000, this::take);
        assertThat(judged()).isEqualTo(new PairSums.Units(1, 1));

        ledger = new PairLedger(0.79);
        ledger.judge(AgreementRule.EMBEDDING, 0.79, 30_000, this::take);
        ledger.add(shadow(1, "a"));
        ledger.add(production(2, "b"));
        close(0);
        assertThat(embedded()).isEqualTo(new PairSums.Units(1, 2));
    }

    @Test
    void aWordThatCameBeforeThePairWaitsForIt() {
        ledger.judge(AgreementRule.JUDGE, 1, 500, this::take);
        ledger = PairLedger.fromBytes(ledger.toBytes(), COSINE);
        ledger.add(shadow(1, "a"));
        ledger.add(production(2, "b"));
        close(0);
        assertThat(judged()).isEqualTo(new PairSums.Units(1, 1));
    }

    @Test
    void aLedgerOfTheReleaseThatKnewOneRuleIsGoneOnWith() {
        byte[] answer = shadow(1, "a").toBytes();
        answer[0] = 1;
        int awaited = 3 + "release-1".length();
        answer[awaited] = 1;
        ByteWriter writer = new ByteWriter();
        writer.writeByte(1);
        writer.writeUnsigned(1);
        writer.writeUnsigned(answer.length);
        writer.writeBytes(answer, 0, answer.length);
        writer.writeUnsigned(0);
        writer.writeDouble(1);
        writer.writeSigned(500);

        ledger = PairLedger.fromBytes(writer.toByteArray(), COSINE);
        ledger.judge(AgreementRule.EMBEDDING, 1, 500, this::take);
        ledger.add(production(2, "b"));
        close(0);
        assertThat(judged()).isEqualTo(new PairSums.Units(1, 1));
        assertThat(embedded()).as("nobody had asked for it").isEqualTo(new PairSums.Units(0, 0));
    }

    @Test
    void whatWaitsSurvivesARestartAndIsGivenUpAfterItsTime() {
        ledger.add(shadow(1, "a"));
        ledger.add(production(2, "a"));
        ledger.add(shadow(8, "c"));
        close(0);
        ledger = PairLedger.fromBytes(ledger.toBytes(), COSINE);
        assertThat(ledger.isEmpty()).isFalse();

        assertThat(ledger.forget(10_000, 0)).as("the shadow alone").isOne();
        assertThat(ledger.forget(10_000, 10_000))
                .as("the pair without a judge, by either rule")
                .isEqualTo(2);
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void aSessionIsOneUnitThatAgreesWhenAllOfItDoes() {
        for (int trace = 1; trace <= 3; trace++) {
            PairLedger own = new PairLedger(COSINE);
            own.add(Answers.answer(true, trace, 77, 1, trace == 2 ? "other" : "same", 1, 1));
            own.add(Answers.answer(false, trace, 77, 2, "same", 1, 1));
            own.close(0, PANE, this::take);
        }
        assertThat(exact()).isEqualTo(new PairSums.Units(0, 1));
        assertThat(sums.units(AgreementRule.EXACT, session -> false)).isEqualTo(new PairSums.Units(0, 0));
        assertThat(sums.pairs()).isEqualTo(3);
    }

    private void close(long pane) {
        ledger.close(pane * PANE, (pane + 1) * PANE, this::take);
    }

    private void take(Answer about, PairSums more) {
        assertThat(about.releaseId()).isEqualTo("release-1");
        sums.add(PairSums.fromBytes(more.toBytes()));
    }

    private PairSums.Units exact() {
        return sums.units(AgreementRule.EXACT, session -> true);
    }

    private PairSums.Units judged() {
        return sums.units(AgreementRule.JUDGE, session -> true);
    }

    private PairSums.Units embedded() {
        return sums.units(AgreementRule.EMBEDDING, session -> true);
    }

    private double mean(PairDelta delta) {
        return sums.delta(delta).moments().mean();
    }
}
