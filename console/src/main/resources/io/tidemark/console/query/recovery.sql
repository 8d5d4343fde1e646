-- How long decisions took: from the onset of a fault until the alert fired, from the alert until the target answered, from the onset until measures were back
SELECT tenant, kind, count() AS decisions, countIf(was_done) AS done, countIf(was_refused) AS refused,
       avg(detect) AS mean_detect_ms, quantileExact(0.5)(detect) AS median_detect_ms,
       avg(act) AS mean_act_ms, avg(recover) AS mean_recover_ms,
       quantileExact(0.5)(recover) AS median_recover_ms, count(recover) AS recovered
FROM
(
    SELECT tenant, kind, decision_id, max(detect_millis) AS detect, max(act_millis) AS act, max(recover_millis) AS recover,
           countIf(phase IN ('done', 'verified')) > 0 AS was_done, countIf(phase = 'refused') > 0 AS was_refused
    FROM actions
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
    GROUP BY tenant, kind, decision_id
)
GROUP BY tenant, kind
ORDER BY decisions DESC, tenant, kind
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
