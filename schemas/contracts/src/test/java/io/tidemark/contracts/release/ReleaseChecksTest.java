package io.tidemark.contracts.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.RandomisationUnit;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.avro.VersionTupleRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseChecksTest {

    @Test
    void everyPresetMayStart() {
        for (String preset : ReleasePresets.names()) {
            Rollout rollout = rollout(ReleasePresets.named(preset));
            assertThat(ReleaseChecks.faults(rollout)).as(preset).isEmpty();
            assertThat(ReleaseChecks.objections(rollout)).as(preset).isEmpty();
        }
        assertThatThrownBy(() -> ReleasePresets.named("chess"))
                .hasMessage("no preset 'chess'; known are %s", ReleasePresets.names());
    }

    @Test
    void anUnknownEvaluationAndAMissingQualityMeasureAreObjections() {
        Rollout rollout = rollout(List.of(guardrail("errors", 0.1, 1)));
        rollout.getCandidate().setEvalPass("unknown");
        assertThat(ReleaseChecks.faults(rollout)).isEmpty();
        assertThat(ReleaseChecks.objections(rollout))
                .containsExactly(
                        "the candidate's eval_pass is 'unknown': nothing says that it was evaluated",
                        "no guardrail measures quality; add one of [refusals, guardrail_blocked, pii_found, jailbreaks, "
                                + "schema_invalid, tool_errors, confidence, "
                                + "judge_score, user_score, correctness]");
    }

    @Test
    void faultsNameWhatIsWrong() {
        Guardrail limit = guardrail("cost_per_call", 0, 0.7);
        limit.setLimit(5.0);
        Rollout rollout = rollout(List.of(guardrail("eror", 0.1, 0.1), guardrail("errors", -1, 0.7), limit));
        rollout.setLadderPercent(List.of(5.0, 1.0));
        rollout.setControl(rollout.getCandidate());
        assertThat(ReleaseChecks.faults(rollout))
                .hasSize(6)
                .anyMatch(fault -> fault.startsWith("no guardrail 'eror'; known are [errors"))
                .contains(
                        "candidate and control are the same tuple; name a component in which the candidate differs",
                        "ladder [5.0, 1.0] must ascend within (0, 100] percent",
                        "guardrail errors: tolerance = -1.0 must be at least 0",
                        "guardrail cost_per_call: a mean has no limit; give a tolerance",
                        "the weights of the guardrails sum to 1.500; they share one error budget and must not exceed 1");
    }

    @Test
    void onlyAShadowIsHeldAgainstAnAgreementAndItSaysWhich() {
        Guardrail agreement = guardrail("agreement_exact", 0, 1);
        Rollout rollout = rollout(List.of(agreement));
        rollout.setMode(TrafficRole.CANARY);
        assertThat(ReleaseChecks.faults(rollout))
                .containsExactly(
                        "guardrail agreement_exact: only a shadow answers the same requests as the control",
                        "guardrail agreement_exact: limit = null must be the agreement to reach, in [0.5, 1), for example limit=0.9");
        agreement.setLimit(0.95);
        rollout.setMode(TrafficRole.SHADOW);
        assertThat(ReleaseChecks.faults(rollout)).isEmpty();
        assertThat(ReleaseChecks.objections(rollout)).isEmpty();
    }

    @Test
    void idsOfDecisionsAreFixed() {
        assertThat(DecisionIds.decisionId("r-1", VerdictKind.ROLLBACK, 1_767_225_600_000L))
                .hasSize(32)
                .isEqualTo(DecisionIds.decisionId("r-1", VerdictKind.ROLLBACK, 1_767_225_600_000L))
                .isNotEqualTo(DecisionIds.decisionId("r-1", VerdictKind.HOLD, 1_767_225_600_000L));
    }

    private static Guardrail guardrail(String measure, double tolerance, double weight) {
        Guardrail guardrail = new Guardrail();
        guardrail.setMeasure(measure);
        guardrail.setTolerance(tolerance);
        guardrail.setRelative(true);
        guardrail.setAlphaWeight(weight);
        return guardrail;
    }

    private static Rollout rollout(List<Guardrail> guardrails) {
        Rollout rollout = new Rollout();
        rollout.setReleaseId("r-1");
        rollout.setCandidate(tuple("p9"));
        rollout.setControl(tuple("p8"));
        rollout.setLadderPercent(ReleasePresets.LADDER);
        rollout.setGuardrails(new ArrayList<>(guardrails));
        rollout.setUnit(RandomisationUnit.SESSION_OR_REQUEST);
        rollout.setAlpha(0.01);
        return rollout;
    }

    private static VersionTupleRecord tuple(String prompt) {
        return new VersionTupleRecord("m1", "none", prompt, "t1", "none", "e1", "vllm");
    }
}
