-- What users, judges and the business said of the candidates of rollouts, against the same of their controls: difference of the means, and its 95 % interval
WITH rollouts AS
(
    SELECT release_id, any(candidate_version_id) AS candidate_id, any(control_version_id) AS control_id FROM releases
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND release_id IS NOT NULL AND event_time < {to:DateTime64(6, 'UTC')}
      AND event_time >= {from:DateTime64(6, 'UTC')} - toIntervalDay(30)
    GROUP BY release_id
),
said AS
(
    SELECT name, any(o.source) AS source, t.version AS version_id, count() AS n, avg(o.value) AS mean, varSamp(o.value) / n AS squared_error
    FROM
    (
        SELECT name, value, source, tenant, trace_id FROM outcomes
        WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')} AND value IS NOT NULL
    ) AS o
    INNER JOIN
    (
        SELECT tenant, trace_id, any(version_id) AS version FROM traces
        WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
          AND version_id IN (SELECT arrayJoin([candidate_id, control_id]) FROM rollouts)
        GROUP BY tenant, trace_id
    ) AS t ON o.tenant = t.tenant AND o.trace_id = t.trace_id
    GROUP BY name, version_id
)
SELECT rollouts.release_id AS release_id, candidate.name AS name, candidate.source AS source,
       candidate.version_id AS candidate_version_id, control.version_id AS control_version_id,
       candidate.mean AS candidate_mean, control.mean AS control_mean, candidate_mean - control_mean AS difference,
       1.96 * sqrt(candidate.squared_error + control.squared_error) AS margin, candidate.n AS candidate_n, control.n AS control_n
FROM rollouts
INNER JOIN said AS candidate ON candidate.version_id = rollouts.candidate_id
INNER JOIN said AS control ON control.version_id = rollouts.control_id AND control.name = candidate.name
ORDER BY release_id, source = 'business' DESC, name
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
