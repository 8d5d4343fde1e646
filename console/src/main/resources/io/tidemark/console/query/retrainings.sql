-- Latest retraining that was asked for, by tenant
SELECT tenant, max(event_time) AS last_retrained, argMax(target, event_time) AS target, argMax(dry_run, event_time) AS dry_run
FROM actions
WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND kind IN ('retrain', 'retraining') AND phase IN ('done', 'verified')
  AND event_time < {to:DateTime64(6, 'UTC')}
GROUP BY tenant
ORDER BY last_retrained DESC
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
