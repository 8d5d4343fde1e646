package io.tidemark.alerts.lifecycle;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A verdict about a rollout, read as a signal: a rollback is a critical breach on the candidate; the
 * rejection of a shadow, which serves nobody, is a warning that rolls nothing back; anything else is none.
 */
public final class VerdictSignals {

    /** Rules that stand for a rollout begin with this. */
    public static final String RULE_PREFIX = "release/";

    private static final String EVERY_TENANT = "*";
    private static final long RESOLVE_SECONDS = 300;

    private VerdictSignals() {}

    /** The signal of a verdict. */
    public static Signal of(Verdict verdict) {
        boolean rejected = verdict.getVerdict() == VerdictKind.REJECT;
        boolean breached = rejected || verdict.getVerdict() == VerdictKind.ROLLBACK;
        Signal.Builder signal = Signal.newBuilder()
                .setSignalId(AlertIds.hash("verdict|" + verdict.getDecisionId()))
                .setRuleId(RULE_PREFIX + verdict.getReleaseId())
                .setSlice(slice(verdict))
                .setBreached(breached)
                .setSeverity(rejected ? Severity.WARNING : Severity.CRITICAL)
                .setKind("verdict")
                .setOnsetTime(verdict.getOnsetTime() == null ? verdict.getEventTime() : verdict.getOnsetTime())
                .setEventTime(verdict.getEventTime())
                .setResolveSeconds(RESOLVE_SECONDS)
                .setReleaseId(verdict.getReleaseId())
                .setSummary(verdict.getReason());
        if (breached) {
            signal.setDecisionId(verdict.getDecisionId())
                    .setAction(rejected ? "end_shadow" : "rollback")
                    .setCandidate(verdict.getCandidate())
                    .setRollbackTarget(verdict.getRollbackTarget())
                    .setTargetAdapter(verdict.getTargetAdapter())
                    .setTarget(verdict.getTarget())
                    .setExpiresTime(verdict.getExpiresTime())
                    .setAttribution(verdict.getAttribution())
                    .setEvidence(evidence(verdict));
        }
        return signal.build();
    }

    private static SliceRef slice(Verdict verdict) {
        boolean every = verdict.getTenant().equals(EVERY_TENANT);
        return SliceRef.newBuilder()
                .setSliceLevel(every ? "version" : "tenant_version")
                .setTenant(every ? null : verdict.getTenant())
                .setVersionId(VersionTuple.from(verdict.getCandidate()).versionId())
                .setVersion(verdict.getCandidate())
                .setRole(verdict.getMode())
                .setLabels(Map.of())
                .build();
    }

    /** The guardrails that decided come first; the number of observations is the candidate's where the evidence has none. */
    private static List<Evidence> evidence(Verdict verdict) {
        List<Evidence> deciding = new ArrayList<>();
        List<Evidence> others = new ArrayList<>();
        for (GuardrailFinding finding : verdict.getGuardrails()) {
            Evidence evidence = Evidence.newBuilder(finding.getEvidence()).build();
            if (evidence.getMeasure().isEmpty()) {
                evidence.setMeasure(finding.getMeasure());
            }
            if (evidence.getN() == 0) {
                evidence.setN(finding.getCandidateN());
            }
            if (evidence.getExemplarTraceIds().isEmpty()) {
                evidence.setExemplarTraceIds(List.copyOf(verdict.getExemplarTraceIds()));
            }
            (isDeciding(finding.getFinding()) ? deciding : others).add(evidence);
        }
        deciding.addAll(others);
        return deciding;
    }

    private static boolean isDeciding(FindingKind finding) {
        return finding == FindingKind.REGRESSED || finding == FindingKind.HARD_LIMIT;
    }
}
