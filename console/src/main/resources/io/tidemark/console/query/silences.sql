-- Silences, maintenance windows and acknowledgements that held in the range
SELECT silence_id, kind, alert_id, rule_id, tenant, version_id, intent, starts_time, ends_time, actor, reason, revoked
FROM silences
WHERE ({tenant:String} = '' OR tenant = {tenant:String})
  AND starts_time < {to:DateTime64(6, 'UTC')} AND ends_time >= {from:DateTime64(6, 'UTC')}
ORDER BY revoked, ends_time DESC, silence_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
