-- Drift tests of the range, latest of each measure and slice, against the baseline where there is one: effect, evidence, and what explains it
SELECT kind, measure, slice_level, tenant, version_id, prompt, intent, role, window_start, window_seconds, baseline_id, n, n_baseline,
       effect, effect_name, effect_limit, p_value, q_value, insufficient, moved, signal, severity, scope, explained_by, topics,
       `shares.name` AS bins, `shares.baseline` AS baseline, `shares.current` AS current, exemplar_trace_ids
FROM drift
WHERE ({tenant:String} = '' OR tenant = {tenant:String})
  AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
  AND drift_id IN
  (
      SELECT argMax(drift_id, (window_start, baseline_id IS NOT NULL)) FROM drift
      WHERE ({tenant:String} = '' OR tenant = {tenant:String})
        AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
      GROUP BY kind, measure, slice_level, tenant, version_id, intent, role, window_seconds
  )
ORDER BY signal DESC, moved DESC, effect DESC NULLS LAST, kind, measure, tenant, version_id, intent, role, window_seconds
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
