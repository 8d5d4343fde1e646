-- What people, judges and the business said of versions in the range: mean of each outcome, its 95 % interval, and how many calls have one
SELECT name, version_id, role, count() AS n, avg(o.value) AS mean,
       1.96 * stddevSamp(o.value) / sqrt(n) AS margin, any(o.source) AS source
FROM
(
    SELECT name, value, source, tenant, trace_id FROM outcomes
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')} AND value IS NOT NULL
) AS o
INNER JOIN
(
    SELECT tenant, trace_id, any(version_id) AS version_id, any(role) AS role FROM traces
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
    GROUP BY tenant, trace_id
) AS t ON o.tenant = t.tenant AND o.trace_id = t.trace_id
GROUP BY name, version_id, role
ORDER BY name, n DESC
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
