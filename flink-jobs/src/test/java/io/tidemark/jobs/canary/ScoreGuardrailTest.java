package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.release.GuardrailMeasures;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What judges say, as a guardrail and as the question of an A/B test. */
class ScoreGuardrailTest {

    private static final long PANE = 10_000;
    private static final long START = Releases.START.toEpochMilli();
    private static final int JUDGE =
            Cell.VALUES.indexOf(GuardrailMeasures.named("judge_score").source());
    private static final Guardrail SCORES = Releases.guardrail("judge_score", 0.03, 1);

    private final Random random = new Random(3);
    private long units;

    @Test
    void aCandidateThatJudgesLikeLessIsRolledBackAndOneThatTheyLikeAsMuchIsNot() {
        Verdict worse = last(TrafficRole.CANARY, 0.72, 0.82, 300);
        assertThat(worse.getVerdict()).isEqualTo(VerdictKind.ROLLBACK);
        assertThat(worse.getGuardrails().get(0).getFinding()).isEqualTo(FindingKind.REGRESSED);
        assertThat(worse.getGuardrails().get(0).getEvidence().getObserved()).isBetween(0.6, 0.8);

        Verdict equal = last(TrafficRole.CANARY, 0.82, 0.82, 1_500);
        assertThat(equal.getVerdict()).isEqualTo(VerdictKind.PROMOTE);
    }

    @Test
    void anAbTestPromotesOnlyWhatIsBetter() {
        Verdict equal = last(TrafficRole.PRODUCTION, 0.82, 0.82, 1_500);
        assertThat(equal.getVerdict()).isEqualTo(VerdictKind.HOLD);
        assertThat(equal.getReason()).contains("no guardrail shows yet that the candidate is better");

        Verdict better = last(TrafficRole.PRODUCTION, 0.88, 0.82, 1_500);
        assertThat(better.getVerdict()).isEqualTo(VerdictKind.PROMOTE);
        assertThat(better.getReason()).startsWith("the candidate is better");
    }

    @Test
    void scoresAreNoTraffic() {
        Cell cell = new Cell();
        cell.addScore(1, JUDGE, 0.5);
        cell.addScore(1, JUDGE, 0.75);
        Cell read = new Cell();
        read.add(cell.encode());

        assertThat(read.size()).isZero();
        assertThat(read.scored).hasSize(1);
        assertThat(read.scored.get(1L).highest[JUDGE]).isEqualTo(cell.scored.get(1L).highest[JUDGE]);
    }

    @Test
    void aCellOfTheFirstVersionIsStillRead() {
        Cell cell = new Cell();
        cell.addRequests(3);
        byte[] second = cell.encode();
        // the second version ends with two empty lists
        byte[] first = java.util.Arrays.copyOf(second, second.length - 2);
        first[0] = 1;

        Cell read = new Cell();
        read.add(first);

        assertThat(read.size()).isEqualTo(3);
        assertThat(read.encode()).isEqualTo(second);
    }

    /** The last verdict of a rollout in which five calls of the candidate and twenty of the control are judged in each pane. */
    private Verdict last(TrafficRole mode, double candidate, double control, int panes) {
        Rollout rollout = Releases.rollout(RolloutState.STARTED, SCORES)
                .setMode(mode)
                .setAlpha(0.01)
                .build();
        RolloutWatch watch = new RolloutWatch(Releases.plan(rollout), CanaryRules.standard());
        Verdict last = null;
        for (int pane = 0; pane < panes && (last == null || last.getVerdict() != VerdictKind.ROLLBACK); pane++) {
            PaneArms arms = new PaneArms();
            TenantPane tenant = new TenantPane();
            tenant.candidate().addRequests(30);
            tenant.control().addRequests(120);
            judge(tenant.candidate(), 5, candidate);
            judge(tenant.control(), 20, control);
            arms.tenants.put("acme", tenant);
            last = watch.close(arms, START + (pane + 1) * PANE, new RolloutWatch.Surroundings(0, START, List.of()))
                    .orElse(last);
        }
        return last;
    }

    private void judge(Cell cell, int calls, double mean) {
        for (int i = 0; i < calls; i++) {
            double score = Math.min(1, Math.max(0, mean + 0.12 * random.nextGaussian()));
            cell.addScore(++units, JUDGE, score);
        }
    }
}
