package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.release.DecisionIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts a verdict into words and numbers. */
final class VerdictBuilder {

    private final RolloutPlan plan;
    private final CanaryRules rules;
    private final long paneEndMillis;
    private final Verdict verdict;
    private final List<String> reasons = new ArrayList<>();
    private int regressed = -1;
    private String hardLimit;

    VerdictBuilder(RolloutPlan plan, CanaryRules rules, long paneEndMillis, int step) {
        this.plan = plan;
        this.rules = rules;
        this.paneEndMillis = paneEndMillis;
        verdict = Verdict.newBuilder()
                .setReleaseId(plan.releaseId())
                .setTenant(plan.tenant())
                .setCandidate(plan.candidate().toAvro())
                .setControl(plan.control().toAvro())
                .setMode(plan.mode())
                .setStep(step)
                .setEventTime(Instant.ofEpochMilli(paneEndMillis))
                .setTargetAdapter(plan.targetAdapter())
                .setTarget(plan.target())
                .build();
    }

    void reason(String text) {
        reasons.add(text);
    }

    void hardLimit(String text) {
        hardLimit = text;
        if (text != null) {
            reasons.add(text);
        }
    }

    void regressed(int guardrail, GuardrailTest test, ConcurrentCells.Finding explanation) {
        regressed = guardrail;
        Guard guard = plan.guards().get(guardrail);
        reasons.add("%s: evidence of %.3g that the candidate is worse than tolerated, threshold %.3g"
                .formatted(guard.measure().name(), Math.exp(test.logRegression()), 1 / guard.alpha()));
        verdict.setOnsetTime(Instant.ofEpochMilli(test.read().onsetMillis()));
        verdict.setAttribution(explanation.component());
        verdict.setAttributionAdvice(explanation.advice());
    }

    void expires() {
        verdict.setExpiresTime(Instant.ofEpochMilli(paneEndMillis).plus(rules.verdictExpiry()));
    }

    void goBackTo(FallbackHealth.Target target) {
        verdict.setRollbackTarget(target.tuple() == null ? null : target.tuple().toAvro());
        verdict.setRollbackTargetHealthy(target.healthy());
        if (target.tuple() == null) {
            reasons.add("every known tuple to go back to is unhealthy too");
        } else if (!target.tuple().equals(plan.control())) {
            reasons.add("the control is unhealthy too; going further back");
        }
    }

    /** @param information findings that decide nothing */
    Verdict build(
            VerdictKind kind,
            List<GuardrailTest> tests,
            List<GuardrailFinding> information,
            Double share,
            List<String> exemplars) {
        verdict.setVerdict(kind);
        verdict.setDecisionId(DecisionIds.decisionId(plan.releaseId(), kind, paneEndMillis));
        verdict.setReason(String.join("; ", reasons));
        verdict.setShare(share);
        verdict.setExemplarTraceIds(List.copyOf(exemplars));
        List<GuardrailFinding> findings = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            findings.add(finding(i, tests.get(i)));
        }
        findings.addAll(information);
        verdict.setGuardrails(findings);
        return verdict;
    }

    private GuardrailFinding finding(int index, GuardrailTest test) {
        Guard guard = plan.guards().get(index);
        GuardrailTest.Reading reading = test.read();
        Evidence evidence = Evidence.newBuilder()
                .setMeasure(guard.measure().name())
                .setObserved(reading.observed())
                .setExpected(reading.expected())
                .setLower(reading.lower())
                .setUpper(reading.upper())
                .setEValue(Math.min(Double.MAX_VALUE, Math.exp(test.logRegression())))
                .setThreshold(1 / guard.alpha())
                .setN(reading.candidateUnits() + reading.controlUnits())
                .build();
        return GuardrailFinding.newBuilder()
                .setMeasure(guard.measure().name())
                .setFinding(kindOf(index, guard, test))
                .setCandidateN(reading.candidateUnits())
                .setControlN(reading.controlUnits())
                .setAlpha(guard.alpha())
                .setMixEffect(reading.mixEffect())
                .setEvidence(evidence)
                .build();
    }

    private FindingKind kindOf(int index, Guard guard, GuardrailTest test) {
        boolean isErrors = guard.measure().name().equals("errors");
        if (hardLimit != null && isErrors) {
            return FindingKind.HARD_LIMIT;
        }
        if (index == regressed || isRegressed(guard, test)) {
            return FindingKind.REGRESSED;
        }
        if (test.candidateUnits() < Math.max(1, guard.minimumUnits())) {
            return FindingKind.INSUFFICIENT;
        }
        return RolloutWatch.isHealthy(test) ? FindingKind.HEALTHY : FindingKind.UNDECIDED;
    }

    private static boolean isRegressed(Guard guard, GuardrailTest test) {
        return test.candidateUnits() >= guard.minimumUnits() && test.logRegression() + Math.log(guard.alpha()) >= 0;
    }
}
