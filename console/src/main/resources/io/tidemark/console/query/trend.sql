-- Health, speed and cost of versions over time, by role
SELECT version_id, role, window_start, w.requests AS calls,
       tidemark_rate(w.errors, w.errors_known) AS error_rate,
       tidemark_rate(w.refusals, w.refusals_known) AS refusal_rate,
       tidemark_quantile(w.ttft_hist, 0.95) AS ttft_p95_ms,
       tidemark_quantile(w.end_to_end_hist, 0.95) AS end_to_end_p95_ms,
       w.cost_nano_usd_sum / nullIf(w.cost_nano_usd_known, 0) / 1e9 AS cost_usd_per_call
FROM windows AS w
WHERE tenant = {tenant:String} AND slice_level = if({tenant:String} = '', 'version', 'tenant_version')
  AND window_seconds = {window:UInt32}
  AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
  AND ({version:String} = '' OR version_id = {version:String})
ORDER BY version_id, role, window_start
LIMIT {points:UInt32}
