package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.RandomisationUnit;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.release.DecisionIds;
import io.tidemark.jobs.canary.Contribution.Arm;
import io.tidemark.jobs.canary.RolloutWatch.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RolloutWatchTest {

    private static final long PANE = 10_000;
    private static final long START = Releases.START.toEpochMilli();
    private static final Guardrail ERRORS = Releases.guardrail("errors", 0.1, 0.5);

    private final Random random = new Random(11);
    private final List<VersionTuple> fallbacks = new ArrayList<>();

    /** Whether a call of a candidate, or of a control, fails, by probability. */
    private record Rates(double candidate, double control) {}

    @Test
    void aCandidateThatFailsMoreOftenIsRolledBackWithEvidence() {
        RolloutWatch watch = watch(started(ERRORS));

        Verdict verdict = runUntilRollback(watch, new Rates(0.11, 0.01));

        assertThat(verdict.getVerdict()).isEqualTo(VerdictKind.ROLLBACK);
        assertThat(verdict.getDecisionId())
                .isEqualTo(DecisionIds.decisionId(
                        Releases.RELEASE,
                        VerdictKind.ROLLBACK,
                        verdict.getEventTime().toEpochMilli()));
        assertThat(verdict.getGuardrails().get(0).getFinding()).isEqualTo(FindingKind.REGRESSED);
        assertThat(verdict.getGuardrails().get(0).getAlpha()).isEqualTo(0.005);
        assertThat(verdict.getGuardrails().get(0).getEvidence().getEValue()).isGreaterThanOrEqualTo(200);
        assertThat(verdict.getAttribution()).isEqualTo("prompt");
        assertThat(VersionTuple.from(verdict.getRollbackTarget())).isEqualTo(Releases.CONTROL);
        assertThat(verdict.getRollbackTargetHealthy()).isTrue();
        assertThat(verdict.getOnsetTime()).isBetween(Releases.START, Releases.START.plusSeconds(60));
        assertThat(verdict.getExpiresTime())
                .isEqualTo(verdict.getEventTime().plus(CanaryRules.standard().verdictExpiry()));
        assertThat(watch.close(pane(17, 17, 300, 3), START + 100 * PANE, surroundings(0)))
                .as("a decision is taken once")
                .isEmpty();
    }

    @Test
    void timeAloneNeverPromotesAndEvidenceDoesOnceAStep() {
        RolloutWatch silent = watch(started(ERRORS));
        for (int pane = 0; pane < 8_640; pane++) {
            Optional<Verdict> verdict = silent.close(pane(0, 0, 0, 0), end(pane), surroundings(0));
            verdict.ifPresent(each -> assertThat(each.getVerdict()).isEqualTo(VerdictKind.HOLD));
        }

        RolloutWatch watch = watch(started(Releases.guardrail("errors", 0.5, 0.5)));
        List<Verdict> verdicts = new ArrayList<>();
        for (int pane = 0; pane < 2_000; pane++) {
            watch.close(drawn(new Rates(0.02, 0.02), 50, 300), end(pane), surroundings(0))
                    .ifPresent(verdicts::add);
        }
        assertThat(verdicts.stream().filter(each -> each.getVerdict() == VerdictKind.PROMOTE))
                .hasSize(1);
        assertThat(verdicts.get(0).getVerdict()).isEqualTo(VerdictKind.HOLD);
        assertThat(verdicts).noneMatch(each -> each.getVerdict() == VerdictKind.ROLLBACK);
        assertThat(watch.close(drawn(new Rates(0.02, 0.02), 50, 300), end(2_000), surroundings(1)))
                .get()
                .satisfies(next -> {
                    assertThat(next.getStep()).isEqualTo(1);
                    assertThat(next.getVerdict()).isEqualTo(VerdictKind.PROMOTE);
                });
    }

    @Test
    void aShiftOfTheTenantMixIsNoRegressionAndItsEffectIsShown() {
        RolloutWatch watch = watch(started(ERRORS));
        List<Verdict> verdicts = new ArrayList<>();
        for (int pane = 0; pane < 1_000; pane++) {
            // the careless tenant fails ten times as often, and most of the candidate's traffic is its
            PaneArms arms = new PaneArms();
            add(arms, "careful", 5, draw(5, 0.01), 300, draw(300, 0.01));
            add(arms, "careless", 45, draw(45, 0.10), 30, draw(30, 0.10));
            watch.close(arms, end(pane), surroundings(0)).ifPresent(verdicts::add);
        }

        Verdict last = verdicts.get(verdicts.size() - 1);
        assertThat(verdicts).noneMatch(each -> each.getVerdict() == VerdictKind.ROLLBACK);
        double difference = last.getGuardrails().get(0).getEvidence().getObserved()
                - last.getGuardrails().get(0).getEvidence().getExpected();
        assertThat(difference).isGreaterThan(0.06);
        assertThat(last.getGuardrails().get(0).getMixEffect()).isCloseTo(difference, within(0.01));
    }

    @Test
    void aHardLimitNeedsNoStatistics() {
        RolloutWatch watch = watch(started(Releases.guardrail("refusals", 0.1, 1)));

        Verdict verdict = runUntilRollback(watch, new Rates(0.5, 0.01));

        assertThat(verdict.getReason()).contains("exceed the hard limit of 10 %");
    }

    @Test
    void aCandidateThatFallsSilentIsRolledBack() {
        RolloutWatch watch = watch(started(ERRORS));
        Verdict rollback = null;
        for (int pane = 0; pane < 200 && rollback == null; pane++) {
            PaneArms arms = drawn(new Rates(0.01, 0.01), pane < 100 ? 17 : 0, 300);
            rollback = watch.close(arms, end(pane), surroundings(0))
                    .filter(each -> each.getVerdict() == VerdictKind.ROLLBACK)
                    .orElse(null);
        }
        assertThat(rollback).isNotNull();
        assertThat(rollback.getReason()).startsWith("no traffic of the candidate");
        assertThat(rollback.getEventTime()).isEqualTo(Releases.START.plusSeconds(1_180));
    }

    @Test
    void componentsThatChangedTogetherCannotBeToldApart() {
        Rollout rollout = started(ERRORS);
        rollout.setCandidate(Releases.tuple("m2", "p9").toAvro());

        Verdict verdict = runUntilRollback(watch(rollout), new Rates(0.11, 0.01));

        assertThat(verdict.getAttribution()).isEqualTo("NOT_IDENTIFIABLE");
        assertThat(verdict.getAttributionAdvice())
                .isEqualTo("base_model and prompt changed together; roll out base_model=m2 with everything else as in "
                        + "the control, beside the control");
    }

    @Test
    void aTupleThatRunsBesideThemTellsTheComponent() {
        Rollout rollout = started(ERRORS);
        rollout.setCandidate(Releases.tuple("m2", "p9").toAvro());
        RolloutWatch watch = watch(rollout);
        Verdict verdict = null;
        for (int pane = 0; verdict == null; pane++) {
            PaneArms arms = drawn(new Rates(0.11, 0.01), 17, 300);
            // base_model is the first component: m2 with the old prompt is as healthy as the control
            cell(arms, Arm.MIXED, 1, "acme", 60, draw(60, 0.01));
            verdict = watch.close(arms, end(pane), surroundings(0))
                    .filter(each -> each.getVerdict() == VerdictKind.ROLLBACK)
                    .orElse(null);
        }
        assertThat(verdict.getAttribution()).isEqualTo("prompt");
    }

    @Test
    void whenTheControlIsBadTooOneGoesFurtherBack() {
        fallbacks.add(Releases.tuple("m0", "p7"));
        assertThat(runUntilRollback(watch(started(ERRORS)), new Rates(0.6, 0.15))
                        .getRollbackTarget())
                .isEqualTo(Releases.tuple("m0", "p7").toAvro());
        fallbacks.clear();
        Verdict nowhere = runUntilRollback(watch(started(ERRORS)), new Rates(0.6, 0.15));
        assertThat(nowhere.getRollbackTarget()).isNull();
        assertThat(nowhere.getRollbackTargetHealthy()).isFalse();
        assertThat(nowhere.getReason()).contains("every known tuple to go back to is unhealthy");
    }

    @Test
    void anAbsoluteLimitHoldsWhateverTheControlDoes() {
        Guardrail limit = Releases.guardrail("errors", 0, 1);
        limit.setLimit(0.01);
        RolloutWatch watch = watch(started(limit));

        Verdict verdict = runUntilRollback(watch, new Rates(0.04, 0.04));

        assertThat(verdict.getGuardrails().get(0).getEvidence().getExpected()).isEqualTo(0.01);
    }

    @Test
    void slowerAnswersAndDearerCallsAreRegressionsToo() {
        Rollout rollout =
                started(Releases.guardrail("end_to_end_p95", 0.2, 0.5), Releases.guardrail("cost_per_call", 0.1, 0.5));
        assertThat(runValues(watch(rollout), 1.0, 1.0)).isNull();
        assertThat(runValues(watch(rollout), 1.6, 1.0).getGuardrails().get(0).getFinding())
                .isEqualTo(FindingKind.REGRESSED);
        assertThat(runValues(watch(rollout), 1.0, 1.5).getGuardrails().get(1).getFinding())
                .isEqualTo(FindingKind.REGRESSED);
    }

    @Test
    void wholeTenantsAreTheUnitWhenTenantsAreAssigned() {
        Rollout rollout = started(ERRORS);
        rollout.setUnit(RandomisationUnit.TENANT);
        RolloutWatch watch = watch(rollout);
        Verdict last = null;
        for (int pane = 0; pane < 100; pane++) {
            PaneArms arms = new PaneArms();
            // one tenant of the candidate fails all the time: that is one unit, not a hundred requests
            for (int tenant = 0; tenant < 20; tenant++) {
                cell(arms, tenant < 5 ? Arm.CANDIDATE : Arm.CONTROL, 0, "t" + tenant, 20, tenant == 0 ? 1 : 0);
            }
            last = watch.close(arms, end(pane), surroundings(0)).orElse(last);
        }
        assertThat(last.getVerdict()).isEqualTo(VerdictKind.HOLD);
        assertThat(last.getGuardrails().get(0).getEvidence().getObserved()).isLessThan(0.05);
    }

    @Test
    void stateThatIsWrittenAndReadGoesOnTheSame() {
        Rollout rollout = started(
                ERRORS, Releases.guardrail("end_to_end_p95", 0.2, 0.2), Releases.guardrail("cost_per_call", 0.1, 0.2));
        RolloutWatch whole = watch(rollout);
        RolloutWatch restored = watch(rollout);
        for (int pane = 0; pane < 400; pane++) {
            PaneArms arms = withValues(drawn(new Rates(pane < 390 ? 0.01 : 0.2, 0.01), 17, 300), 1, 1);
            Optional<Verdict> expected = whole.close(arms, end(pane), surroundings(0));
            assertThat(restored.close(arms, end(pane), surroundings(0))).isEqualTo(expected);
            restored = RolloutWatch.fromBytes(restored.toBytes(), Releases.plan(rollout), CanaryRules.standard());
            assertThat(restored.toBytes()).hasSameSizeAs(whole.toBytes());
        }
    }

    private static Rollout started(Guardrail... guardrails) {
        return Releases.rollout(RolloutState.STARTED, guardrails).build();
    }

    private static RolloutWatch watch(Rollout rollout) {
        return new RolloutWatch(Releases.plan(rollout), CanaryRules.standard());
    }

    private Verdict runUntilRollback(RolloutWatch watch, Rates rates) {
        for (int pane = 0; pane < 1_000; pane++) {
            Optional<Verdict> verdict = watch.close(drawn(rates, 17, 300), end(pane), surroundings(0));
            if (verdict.isPresent() && verdict.get().getVerdict() == VerdictKind.ROLLBACK) {
                return verdict.get();
            }
        }
        throw new AssertionError("no rollback in 1,000 panes");
    }

    private Verdict runValues(RolloutWatch watch, double latencyFactor, double costFactor) {
        for (int pane = 0; pane < 600; pane++) {
            PaneArms arms = withValues(drawn(new Rates(0.01, 0.01), 17, 300), latencyFactor, costFactor);
            Optional<Verdict> verdict = watch.close(arms, end(pane), surroundings(0));
            if (verdict.isPresent() && verdict.get().getVerdict() == VerdictKind.ROLLBACK) {
                return verdict.get();
            }
        }
        return null;
    }

    private PaneArms withValues(PaneArms arms, double latencyFactor, double costFactor) {
        TenantPane tenant = arms.tenants.get("acme");
        addValues(tenant.candidate(), latencyFactor, costFactor);
        addValues(tenant.control(), 1, 1);
        return arms;
    }

    private void addValues(Cell cell, double latencyFactor, double costFactor) {
        int latency = position("end_to_end");
        int cost = position("cost_nano_usd");
        for (int i = 0; i < cell.requests; i++) {
            cell.addValue(latency, Math.exp(7 + random.nextGaussian() / 2) * latencyFactor, 1);
            cell.addValue(cost, Math.exp(14 + random.nextGaussian()) * costFactor, 1);
        }
    }

    private static int position(String measure) {
        return Cell.VALUES.stream().map(each -> each.name()).toList().indexOf(measure);
    }

    private static long end(int pane) {
        return START + (pane + 1) * PANE;
    }

    private Surroundings surroundings(int step) {
        return new Surroundings(step, START, fallbacks);
    }

    private PaneArms drawn(Rates rates, int candidates, int controls) {
        return pane(candidates, draw(candidates, rates.candidate), controls, draw(controls, rates.control));
    }

    private int draw(int trials, double probability) {
        int successes = 0;
        for (int i = 0; i < trials; i++) {
            successes += random.nextDouble() < probability ? 1 : 0;
        }
        return successes;
    }

    private static PaneArms pane(int candidates, int candidateErrors, int controls, int controlErrors) {
        PaneArms arms = new PaneArms();
        add(arms, "acme", candidates, candidateErrors, controls, controlErrors);
        return arms;
    }

    private static void add(
            PaneArms arms, String tenant, int candidates, int candidateErrors, int controls, int controlErrors) {
        cell(arms, Arm.CANDIDATE, 0, tenant, candidates, candidateErrors);
        cell(arms, Arm.CONTROL, 0, tenant, controls, controlErrors);
    }

    private static void cell(PaneArms arms, Arm arm, int changed, String tenant, int requests, int errors) {
        Cell cell = new Cell();
        cell.addRequests(requests);
        cell.addRate(Cell.ERRORS, requests, errors);
        PaneArms one = PaneArms.of(
                List.of(new Contribution(Releases.RELEASE, arm, changed, "", tenant, START, cell.encode())));
        one.tenants.forEach((name, pane) -> {
            TenantPane target = arms.tenants.computeIfAbsent(name, unused -> new TenantPane());
            target.candidate().add(pane.candidate().encode());
            target.control().add(pane.control().encode());
        });
        arms.mixed.putAll(one.mixed);
    }
}
