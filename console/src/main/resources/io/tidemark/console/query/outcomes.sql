-- What people, judges and the business said of versions in the range: mean of each outcome, its 95 % interval, and how many calls have one
SELECT o.name AS name, t.version_id AS version_id, t.role AS role, count() AS n, avg(o.value) AS mean,
       1.96 * stddevSamp(o.value) / sqrt(n) AS margin, any(o.source) AS source
FROM
(
    SELECT tenant, trace_id, version_id, role FROM traces
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
) AS t
-- each outcome once, however many inferences its trace has
RIGHT SEMI JOIN
(
    SELECT name, value, source, tenant, trace_id FROM outcomes
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')} AND value IS NOT NULL
) AS o ON o.tenant = t.tenant AND o.trace_id = t.trace_id
GROUP BY name, version_id, role
ORDER BY name, n DESC
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
