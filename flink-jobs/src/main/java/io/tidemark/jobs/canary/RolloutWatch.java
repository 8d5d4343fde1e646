package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.release.GuardrailMeasures;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.TwoArmCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rollout over its whole life: takes in its panes in order, each once, and says promote, hold or rollback. Knows no
 * Flink and no clock.
 *
 * <p>Rollback: the evidence of some guardrail that the candidate is worse than tolerated has reached 1/alpha, or a hard
 * limit is broken. Of a shadow, which serves nobody, the same is called reject. Promote, once for each step: every guardrail's evidence excludes the tolerated regression, and the step
 * has lasted and has enough units. Otherwise hold; time alone never promotes.
 */
final class RolloutWatch {

    /** Version 2 adds the pairs of shadows. */
    private static final byte VERSION = 2;

    private static final int MOST_EXEMPLARS = 5;
    private static final double LOG_NON_INFERIOR = Math.log(20);
    private static final double LOG_SUSPICIOUS = Math.log(10);

    private final RolloutPlan plan;
    private final CanaryRules rules;
    private final List<GuardrailTest> tests;
    private final UnitCounter errors = new UnitCounter(GuardrailMeasures.named("errors"));
    private final FingerprintMemory erred = new FingerprintMemory();
    private final TenantTotals errorTotals = new TenantTotals();
    private final RecentTraffic recent = new RecentTraffic();
    private final ConcurrentCells concurrent;
    private final FallbackHealth fallbackHealth = new FallbackHealth();
    private final ShadowPairs pairs = new ShadowPairs();
    private final List<String> exemplars = new ArrayList<>();
    private VerdictKind kind = VerdictKind.UNKNOWN;
    private int step = -1;
    private long stepUnits;
    private long publishedMillis;

    RolloutWatch(RolloutPlan plan, CanaryRules rules) {
        this.plan = plan;
        this.rules = rules;
        tests = plan.guards().stream()
                .map(guard -> guard.test(rules.plannedPanes()))
                .toList();
        concurrent = new ConcurrentCells(plan, tests);
    }

    /** Step of the ladder and since when, and where to fall back to. */
    record Surroundings(int step, long stepSinceMillis, List<VersionTuple> fallbacks) {}

    /** Takes in a pane; a verdict when there is something to say. */
    Optional<Verdict> close(PaneArms pane, long paneEndMillis, Surroundings surroundings) {
        if (kind == VerdictKind.ROLLBACK || kind == VerdictKind.REJECT) {
            return Optional.empty();
        }
        takeIn(pane, paneEndMillis, surroundings);
        VerdictBuilder verdict = new VerdictBuilder(plan, rules, paneEndMillis, surroundings.step());
        VerdictKind found = decide(verdict, paneEndMillis, surroundings);
        boolean isRepeated = found == kind;
        boolean isDue = found == VerdictKind.HOLD && paneEndMillis - publishedMillis >= rules.reportMillis();
        kind = found;
        if (isRepeated && !isDue) {
            return Optional.empty();
        }
        publishedMillis = paneEndMillis;
        List<GuardrailFinding> information = plan.isShadow() ? pairs.findings() : List.of();
        return Optional.of(verdict.build(found, tests, information, recent.share(), exemplars));
    }

    private void takeIn(PaneArms pane, long paneEndMillis, Surroundings surroundings) {
        if (surroundings.step() != step) {
            step = surroundings.step();
            stepUnits = 0;
            kind = kind == VerdictKind.PROMOTE ? VerdictKind.UNKNOWN : kind;
        }
        Map<String, TenantPane> counted = pane.counted(plan.unit());
        tests.forEach(test -> test.close(counted, paneEndMillis));
        RecentTraffic.Pane traffic = traffic(pane, counted, paneEndMillis);
        stepUnits += traffic.candidates();
        recent.add(traffic);
        concurrent.add(pane);
        fallbackHealth.add(pane);
        pairs.add(pane);
        remember(pane.exemplars());
    }

    private RecentTraffic.Pane traffic(PaneArms pane, Map<String, TenantPane> counted, long paneEndMillis) {
        erred.advance(paneEndMillis);
        TwoArmCounts bad = TwoArmCounts.NONE;
        double expected = 0;
        for (Map.Entry<String, TenantPane> tenant : counted.entrySet()) {
            BinomialCounts candidate = errors.count(tenant.getValue().candidate(), 0, erred);
            BinomialCounts control = errors.count(tenant.getValue().control(), 0, erred);
            TwoArmCounts counts =
                    new TwoArmCounts(candidate.successes(), candidate.trials(), control.successes(), control.trials());
            bad = bad.plus(counts);
            errorTotals.add(tenant.getKey(), counts);
            expected += candidate.trials() * errorTotals.controlRate(tenant.getKey());
        }
        long candidates = 0;
        long controls = 0;
        for (TenantPane arms : pane.tenants.values()) {
            candidates += arms.candidate().size();
            controls += arms.control().size();
        }
        return new RecentTraffic.Pane(candidates, controls, bad, expected);
    }

    private void remember(List<String> ids) {
        exemplars.addAll(ids);
        if (exemplars.size() > MOST_EXEMPLARS) {
            exemplars.subList(0, exemplars.size() - MOST_EXEMPLARS).clear();
        }
    }

    private VerdictKind decide(VerdictBuilder verdict, long paneEndMillis, Surroundings surroundings) {
        String hardLimit = recent.hardLimit();
        int worst = worst();
        if (hardLimit != null || worst >= 0) {
            rollback(verdict, hardLimit, worst, surroundings);
            return plan.isShadow() ? VerdictKind.REJECT : VerdictKind.ROLLBACK;
        }
        String obstacle = obstacle(paneEndMillis - surroundings.stepSinceMillis());
        verdict.reason(obstacle == null ? promotion() : obstacle);
        return obstacle == null ? VerdictKind.PROMOTE : VerdictKind.HOLD;
    }

    /** The guardrail whose evidence exceeds its threshold most; -1 for none. */
    private int worst() {
        int worst = -1;
        double most = 0;
        for (int i = 0; i < tests.size(); i++) {
            Guard guard = plan.guards().get(i);
            double excess = tests.get(i).logRegression() + Math.log(guard.alpha());
            if (excess >= most && tests.get(i).candidateUnits() >= guard.minimumUnits()) {
                most = excess;
                worst = i;
            }
        }
        return worst;
    }

    private void rollback(VerdictBuilder verdict, String hardLimit, int worst, Surroundings surroundings) {
        verdict.hardLimit(hardLimit);
        if (worst >= 0) {
            verdict.regressed(worst, tests.get(worst), concurrent.explain(worst));
        }
        verdict.expires();
        if (!plan.isShadow()) { // a shadow serves nobody: there is nothing to go back to
            verdict.goBackTo(
                    fallbackHealth.choose(plan.control(), recent.isControlHealthy(), surroundings.fallbacks()));
        }
    }

    /** Why the step is not promoted yet; null when nothing stands against it. */
    private String obstacle(long atStepMillis) {
        if (tests.isEmpty()) {
            return "no guardrail to judge by";
        }
        if (atStepMillis < plan.dwellMillis()) {
            return "the step has not lasted its minimum of %d s".formatted(plan.dwellMillis() / 1_000);
        }
        for (int i = 0; i < tests.size(); i++) {
            Guard guard = plan.guards().get(i);
            String name = guard.measure().name();
            if (Math.min(stepUnits, tests.get(i).candidateUnits()) < Math.max(1, guard.minimumUnits())) {
                return "%s: fewer than %d units of the candidate at this step".formatted(name, guard.minimumUnits());
            }
            if (tests.get(i).logRegression() > LOG_SUSPICIOUS) {
                return "%s: some evidence of a regression, not enough for a rollback".formatted(name);
            }
            if (!tests.get(i).isNonInferior(LOG_NON_INFERIOR)) {
                return "%s: a regression beyond the tolerance is not excluded yet".formatted(name);
            }
        }
        return plan.isComparison() && !isBetter()
                ? "no guardrail shows yet that the candidate is better, and an A/B test promotes nothing else"
                : null;
    }

    private String promotion() {
        return plan.isComparison()
                ? "the candidate is better, and every guardrail excludes the tolerated regression"
                : "every guardrail excludes the tolerated regression";
    }

    private boolean isBetter() {
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i).isBetter(-Math.log(plan.guards().get(i).alpha()))) {
                return true;
            }
        }
        return false;
    }

    /** Where a guardrail stands besides being regressed; used for verdicts that are published. */
    static boolean isHealthy(GuardrailTest test) {
        return test.isNonInferior(LOG_NON_INFERIOR) && test.logRegression() <= LOG_SUSPICIOUS;
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeByte(kind.ordinal());
        writer.writeSigned(step);
        writer.writeUnsigned(stepUnits);
        writer.writeSigned(publishedMillis);
        writer.writeUnsigned(tests.size());
        tests.forEach(test -> test.write(writer));
        erred.write(writer);
        errorTotals.write(writer);
        recent.write(writer);
        concurrent.write(writer);
        fallbackHealth.write(writer);
        writer.writeUnsigned(exemplars.size());
        exemplars.forEach(exemplar -> StateCodec.write(exemplar, writer));
        pairs.write(writer);
        return writer.toByteArray();
    }

    static RolloutWatch fromBytes(byte[] bytes, RolloutPlan plan, CanaryRules rules) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version < 1 || version > VERSION) {
            throw new IllegalStateException("state of release '%s' has version %d; this build reads versions up to %d"
                    .formatted(plan.releaseId(), version, VERSION));
        }
        RolloutWatch watch = new RolloutWatch(plan, rules);
        watch.kind = VerdictKind.values()[reader.readByte()];
        watch.step = (int) reader.readSigned();
        watch.stepUnits = reader.readUnsigned();
        watch.publishedMillis = reader.readSigned();
        long tests = reader.readUnsigned();
        if (tests != watch.tests.size()) {
            throw new IllegalStateException("state of release '%s' has %d guardrails, its plan %d"
                    .formatted(plan.releaseId(), tests, watch.tests.size()));
        }
        watch.tests.forEach(test -> test.restore(reader));
        watch.erred.read(reader);
        watch.errorTotals.read(reader);
        watch.recent.read(reader);
        watch.concurrent.read(reader);
        watch.fallbackHealth.read(reader);
        long count = reader.readUnsigned();
        for (long i = 0; i < count; i++) {
            watch.exemplars.add(StateCodec.read(reader));
        }
        if (version > 1) {
            watch.pairs.read(reader);
        }
        return watch;
    }
}
