-- Effect of one drift measure over time, for the slices that have it; when there are too many points, the newest
SELECT *
FROM
(
    SELECT kind, measure, slice_level, tenant, version_id, prompt, intent, role, window_start, window_seconds, n, effect, effect_limit, q_value, signal
    FROM drift
    WHERE ({tenant:String} = '' OR tenant = {tenant:String})
      AND ({version:String} = '' OR version_id = {version:String})
      AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
      AND ({measure:String} = '' OR measure = {measure:String})
    ORDER BY window_start DESC, kind, measure, tenant, version_id, intent, role
    LIMIT {points:UInt32}
)
ORDER BY window_start, kind, measure, tenant, version_id, intent, role
