-- What changed in the range: deploys, flags, index rebuilds, and the steps of rollouts
SELECT event_time, tenant, actor, release_id, state, step, change_kind, change_subject, change_before, change_after,
       change_description
FROM releases
WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
  AND ({release:String} = '' OR release_id IS NULL OR release_id = {release:String})
ORDER BY event_time DESC
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
