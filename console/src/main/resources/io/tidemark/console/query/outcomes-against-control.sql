-- What users, judges and the business said of the candidates of rollouts, against the same of their controls: difference of the means, and its 95 % interval
WITH rollouts AS
(
    SELECT release_id, any(candidate_version_id) AS candidate_id, any(control_version_id) AS control_id FROM releases
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND release_id IS NOT NULL AND event_time < {to:DateTime64(6, 'UTC')}
      AND event_time >= {from:DateTime64(6, 'UTC')} - toIntervalDay(30)
    GROUP BY release_id
)
SELECT sides.release_id AS release_id, means.name AS name, any(means.source) AS source, any(sides.candidate_id) AS candidate_version_id,
       any(sides.control_id) AS control_version_id, anyIf(means.mean, sides.is_candidate) AS candidate_mean, anyIf(means.mean, NOT sides.is_candidate) AS control_mean,
       candidate_mean - control_mean AS difference, 1.96 * sqrt(sum(means.squared_error)) AS margin,
       sumIf(means.n, sides.is_candidate) AS candidate_n, sumIf(means.n, NOT sides.is_candidate) AS control_n
FROM
(
    SELECT o.name AS name, any(o.source) AS source, t.version AS version_id, count() AS n, avg(o.value) AS mean, varSamp(o.value) / n AS squared_error
    FROM
    (
        SELECT tenant, trace_id, version_id AS version FROM traces
        WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
          AND version_id IN (SELECT arrayJoin([candidate_id, control_id]) FROM rollouts)
    ) AS t
    -- each outcome once, however many inferences its trace has
    RIGHT SEMI JOIN
    (
        SELECT name, value, source, tenant, trace_id FROM outcomes
        WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')} AND value IS NOT NULL
    ) AS o ON o.tenant = t.tenant AND o.trace_id = t.trace_id
    GROUP BY name, version_id
) AS means
INNER JOIN
(
    SELECT release_id, candidate_id, control_id, version_id, is_candidate FROM rollouts
    ARRAY JOIN [candidate_id, control_id] AS version_id, [true, false] AS is_candidate
) AS sides ON sides.version_id = means.version_id
GROUP BY release_id, name
HAVING candidate_n > 0 AND control_n > 0
ORDER BY release_id, source = 'business' DESC, name
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
