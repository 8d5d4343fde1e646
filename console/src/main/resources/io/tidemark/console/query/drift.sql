-- Drift tests of the range, latest of each measure and slice first: effect, evidence, and what explains it
SELECT kind, measure, slice_level, tenant, version_id, prompt, intent, role, window_start, window_seconds, baseline_id, n, n_baseline,
       effect, effect_name, effect_limit, p_value, q_value, insufficient, moved, signal, severity, scope, explained_by, topics,
       `shares.name` AS bins, `shares.baseline` AS baseline, `shares.current` AS current, exemplar_trace_ids
FROM
(
    SELECT * FROM drift
    WHERE ({tenant:String} = '' OR tenant = {tenant:String})
      AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
    ORDER BY window_start DESC
    LIMIT 1 BY kind, measure, slice_level, tenant, version_id, intent, role, window_seconds
)
ORDER BY signal DESC, moved DESC, effect DESC NULLS LAST, kind, measure, tenant, version_id, intent, role, window_seconds
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
