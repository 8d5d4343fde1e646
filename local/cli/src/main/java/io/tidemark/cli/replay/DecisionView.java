package io.tidemark.cli.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.contracts.avro.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A decision about a rollout, as reports show it.
 *
 * @param decisionId deterministic id
 * @param release rollout
 * @param verdict promote, hold or rollback
 * @param candidate components of the tuple under test
 * @param control components of the tuple that it is compared with
 * @param eventTime end of the deciding pane, ISO 8601
 * @param attribution component that explains a regression; null without one
 * @param evidence one entry for each guardrail
 */
public record DecisionView(
        @JsonProperty("decision_id") String decisionId,
        String release,
        String verdict,
        Map<String, String> candidate,
        Map<String, String> control,
        @JsonProperty("event_time") String eventTime,
        String attribution,
        List<Map<String, Object>> evidence) {

    static DecisionView of(Verdict verdict) {
        return new DecisionView(
                verdict.getDecisionId(),
                verdict.getReleaseId(),
                verdict.getVerdict().name().toLowerCase(Locale.ROOT),
                components(VersionTuple.from(verdict.getCandidate())),
                components(VersionTuple.from(verdict.getControl())),
                verdict.getEventTime().toString(),
                verdict.getAttribution(),
                verdict.getGuardrails().stream().map(DecisionView::evidence).toList());
    }

    private static Map<String, String> components(VersionTuple tuple) {
        Map<String, String> components = new LinkedHashMap<>();
        for (int i = 0; i < VersionTuple.COMPONENT_NAMES.size(); i++) {
            components.put(
                    VersionTuple.COMPONENT_NAMES.get(i), tuple.components().get(i));
        }
        return components;
    }

    private static Map<String, Object> evidence(GuardrailFinding finding) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("measure", finding.getMeasure());
        evidence.put("finding", finding.getFinding().name().toLowerCase(Locale.ROOT));
        evidence.put("observed", finding.getEvidence().getObserved());
        evidence.put("expected", finding.getEvidence().getExpected());
        evidence.put("e_value", finding.getEvidence().getEValue());
        evidence.put("threshold", finding.getEvidence().getThreshold());
        evidence.put("candidate_n", finding.getCandidateN());
        evidence.put("control_n", finding.getControlN());
        return evidence;
    }
}
