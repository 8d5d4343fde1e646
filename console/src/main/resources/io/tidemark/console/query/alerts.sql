-- Alerts, each in its last state of the range
SELECT alert_id, rule_id, tenant, slice_level, version_id, base_model, prompt, intent, role, state, severity, kind,
       onset_time, fired_time, event_time, resolved_time, acknowledged_by, silence_id, attribution, action, release_id,
       decision_id, summary, reason, runbook, candidate_version_id, rollback_target_version_id, sequence,
       `evidence.measure` AS measure, `evidence.observed` AS observed, `evidence.expected` AS expected,
       `evidence.lower` AS lower, `evidence.upper` AS upper, `evidence.e_value` AS e_value,
       `evidence.q_value` AS q_value, `evidence.threshold` AS threshold, `evidence.n` AS n,
       `evidence.exemplar_trace_ids` AS exemplar_trace_ids
FROM
(
    SELECT * FROM alerts
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
    ORDER BY sequence DESC, event_time DESC
    LIMIT 1 BY alert_id
)
WHERE ({state:String} = '' OR state = {state:String})
ORDER BY state = 'firing' DESC, severity IN ('critical', 'page') DESC, event_time DESC, alert_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
