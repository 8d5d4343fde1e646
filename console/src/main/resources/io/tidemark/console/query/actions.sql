-- What consumers intended, did, saw or refused: the audit, latest first
SELECT event_time, recorded_time, action_id, decision_id, alert_id, tenant, kind, phase, adapter, target, dry_run, actor, reason,
       before, after, attempt, release_id, rule_id, candidate_version_id, rollback_version_id, onset_time,
       detect_millis, act_millis, recover_millis
FROM actions
WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
  AND ({release:String} = '' OR release_id = {release:String})
  AND ({alert:String} = '' OR alert_id = {alert:String})
ORDER BY recorded_time DESC, action_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
