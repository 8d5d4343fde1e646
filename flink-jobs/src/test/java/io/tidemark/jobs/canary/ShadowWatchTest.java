package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.jobs.canary.Contribution.Arm;
import io.tidemark.jobs.canary.RolloutWatch.Surroundings;
import io.tidemark.jobs.canary.pair.Answers;
import io.tidemark.jobs.canary.pair.PairLedger;
import io.tidemark.jobs.canary.pair.PairSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The verdict on a shadow by the agreement of its answers with production's: panes of five pairs. */
class ShadowWatchTest {

    private static final long PANE = 10_000;
    private static final long START = Releases.START.toEpochMilli();
    private static final double LIMIT = 0.90;
    private static final int PAIRS = 5;
    private static final List<PaneArms> PANES =
            IntStream.rangeClosed(0, PAIRS).mapToObj(ShadowWatchTest::pane).toList();

    @Test
    void aShadowAtTheLimitIsPromotedInAtMostOneOfAHundredRuns() {
        int promoted = 0;
        int rejected = 0;
        int runs = 1_000;
        for (int run = 0; run < runs; run++) {
            VerdictKind end = decision(new SplittableRandom(run), LIMIT, 400).kind;
            promoted += end == VerdictKind.PROMOTE ? 1 : 0;
            rejected += end == VerdictKind.REJECT ? 1 : 0;
        }
        System.out.printf(
                "[figure] shadow verdicts at true agreement 0.90, %d runs of 2,000 pairs: %d promoted, %d rejected%n",
                runs, promoted, rejected);
        assertThat(promoted / (double) runs).isLessThanOrEqualTo(0.01);
        assertThat(rejected / (double) runs).isLessThanOrEqualTo(0.01);
    }

    @Test
    void promotionTakesThePairsOfTheTable() {
        assertPairs(0.96, 250);
        assertPairs(0.945, 475);
        assertPairs(0.92, 3_075);
    }

    /** Pairs of which, at every look, the given share agrees. */
    private static void assertPairs(double share, int published) {
        RolloutWatch watch = watch();
        int agreed = 0;
        for (int pairs = PAIRS; ; pairs += PAIRS) {
            int now = (int) Math.round(share * pairs) - agreed;
            agreed += now;
            Optional<Verdict> verdict = watch.close(PANES.get(now), START + pairs / PAIRS * PANE, surroundings());
            if (verdict.isPresent() && verdict.get().getVerdict() == VerdictKind.PROMOTE) {
                System.out.printf(
                        "[figure] shadow promoted at agreement %s: %d pairs (table %d)%n", share, pairs, published);
                assertThat((double) pairs).isCloseTo(published, within(0.2 * published));
                return;
            }
            assertThat(pairs).isLessThan(2 * published);
        }
    }

    @Test
    void aShadowThatAnswersOtherwiseIsRejectedAndNobodyIsRolledBack() {
        Decision decision = decision(new SplittableRandom(1), 0.7, 400);

        assertThat(decision.kind).isEqualTo(VerdictKind.REJECT);
        Verdict verdict = decision.verdict;
        assertThat(verdict.getRollbackTarget()).isNull();
        assertThat(verdict.getMode()).isEqualTo(TrafficRole.SHADOW);
        GuardrailFinding agreement = finding(verdict, "agreement_exact");
        assertThat(agreement.getFinding()).isEqualTo(FindingKind.REGRESSED);
        assertThat(agreement.getEvidence().getExpected()).isEqualTo(LIMIT);
        assertThat(agreement.getEvidence().getUpper()).isLessThan(LIMIT);
        assertThat(agreement.getEvidence().getEValue()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void aVerdictTellsByHowMuchTheShadowIsDearerAndSlower() {
        Verdict verdict = decision(new SplittableRandom(3), 0.97, 400).verdict;

        GuardrailFinding cost = finding(verdict, "cost_delta");
        assertThat(cost.getFinding()).isEqualTo(FindingKind.INFORMATION);
        assertThat(cost.getEvidence().getObserved()).isCloseTo(0.2, within(1e-3));
        assertThat(cost.getEvidence().getLower()).isLessThan(0.2);
        assertThat(cost.getEvidence().getUpper()).isGreaterThan(0.2);
        assertThat(finding(verdict, "latency_delta").getEvidence().getObserved())
                .isCloseTo(1, within(1e-3));
        assertThat(finding(verdict, "guardrail_blocked_delta").getEvidence().getObserved())
                .as("unknown is not 0")
                .isNull();
        assertThat(finding(verdict, "paired_share").getEvidence().getObserved()).isEqualTo(1);
    }

    @Test
    void aRestartChangesNoVerdict() {
        RolloutWatch whole = watch();
        RolloutWatch halved = watch();
        for (int pane = 1; pane <= 120; pane++) {
            PaneArms same = PANES.get(pane % 25 == 0 ? PAIRS - 1 : PAIRS);
            Optional<Verdict> expected = whole.close(same, START + pane * PANE, surroundings());
            assertThat(halved.close(same, START + pane * PANE, surroundings())).isEqualTo(expected);
            halved = RolloutWatch.fromBytes(halved.toBytes(), plan(), CanaryRules.standard());
        }
    }

    private record Decision(VerdictKind kind, Verdict verdict) {}

    private static Decision decision(SplittableRandom random, double agreement, int panes) {
        RolloutWatch watch = watch();
        List<Verdict> verdicts = new ArrayList<>();
        for (int pane = 1; pane <= panes; pane++) {
            int agreed = 0;
            for (int pair = 0; pair < PAIRS; pair++) {
                agreed += random.nextDouble() < agreement ? 1 : 0;
            }
            watch.close(PANES.get(agreed), START + pane * PANE, surroundings())
                    .filter(verdict -> verdict.getVerdict() != VerdictKind.HOLD)
                    .ifPresent(verdicts::add);
            if (!verdicts.isEmpty()) {
                return new Decision(verdicts.get(0).getVerdict(), verdicts.get(0));
            }
        }
        return new Decision(VerdictKind.HOLD, null);
    }

    private static GuardrailFinding finding(Verdict verdict, String measure) {
        return verdict.getGuardrails().stream()
                .filter(each -> each.getMeasure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    private static RolloutWatch watch() {
        return new RolloutWatch(plan(), CanaryRules.standard());
    }

    private static RolloutPlan plan() {
        Guardrail agreement = Releases.guardrail("agreement_exact", 0, 1);
        agreement.setLimit(LIMIT);
        return Releases.plan(Releases.rollout(RolloutState.STARTED, agreement)
                .setMode(TrafficRole.SHADOW)
                .build());
    }

    private static Surroundings surroundings() {
        return new Surroundings(0, START, List.of());
    }

    /** Pairs, each of a trace of its own and without a session, of which some agree. */
    private static PaneArms pane(int agreed) {
        Cell calls = new Cell();
        calls.addRequests(PAIRS);
        calls.addRate(Cell.ERRORS, PAIRS, 0);
        PairSums sums = new PairSums();
        for (int i = 0; i < PAIRS; i++) {
            PairLedger ledger = new PairLedger(CanaryConfig.STANDARD_COSINE);
            ledger.add(Answers.shadow(1, i < agreed ? "yes" : "no"));
            ledger.add(Answers.production(2, "yes"));
            ledger.close(0, PANE, (about, more) -> sums.add(more));
        }
        return PaneArms.of(List.of(
                contribution(Arm.CANDIDATE, calls.encode()),
                contribution(Arm.CONTROL, calls.encode()),
                contribution(Arm.PAIRS, sums.toBytes())));
    }

    private static Contribution contribution(Arm arm, byte[] cell) {
        return new Contribution(Releases.RELEASE, arm, 0, "", "acme", START, cell);
    }
}
