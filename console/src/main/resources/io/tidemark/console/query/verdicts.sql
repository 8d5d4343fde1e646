-- Verdicts of the canary job with their evidence, latest first
SELECT decision_id, release_id, tenant, verdict, reason, mode, step, event_time, onset_time, share, attribution, attribution_advice,
       candidate_version_id, control_version_id, rollback_target_version_id, rollback_target_healthy,
       `guardrails.measure` AS measure, `guardrails.finding` AS finding,
       `guardrails.candidate_n` AS candidate_n, `guardrails.control_n` AS control_n, `guardrails.alpha` AS alpha,
       `guardrails.mix_effect` AS mix_effect, `guardrails.observed` AS observed, `guardrails.expected` AS expected,
       `guardrails.lower` AS lower, `guardrails.upper` AS upper,
       `guardrails.e_value` AS e_value, `guardrails.threshold` AS threshold, exemplar_trace_ids
FROM verdicts
WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND ({release:String} = '' OR release_id = {release:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
ORDER BY event_time DESC, verdict IN ('rollback', 'reject') DESC
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
