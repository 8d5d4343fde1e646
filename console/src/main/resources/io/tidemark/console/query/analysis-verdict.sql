-- Latest verdict about a rollout
SELECT decision_id, release_id, tenant, verdict, reason, step, event_time, onset_time, share, attribution,
       candidate_version_id, control_version_id, rollback_target_version_id,
       `guardrails.measure` AS measure, `guardrails.finding` AS finding,
       `guardrails.candidate_n` AS candidate_n, `guardrails.control_n` AS control_n,
       `guardrails.observed` AS observed, `guardrails.expected` AS expected,
       `guardrails.lower` AS lower, `guardrails.upper` AS upper,
       `guardrails.e_value` AS e_value, `guardrails.threshold` AS threshold
FROM verdicts
WHERE ({tenant:String} = '' OR tenant = {tenant:String})
  AND ({release:String} = '' OR release_id = {release:String})
  AND ({version:String} = '' OR candidate_version_id = {version:String})
  AND ({baseline:String} = '' OR control_version_id = {baseline:String})
ORDER BY event_time DESC, verdict IN ('rollback', 'reject') DESC
LIMIT 1
