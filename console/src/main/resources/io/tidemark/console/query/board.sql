-- Versions in service, by role: health, speed and cost, and how complete each number is
SELECT version_id, role,
       any(w.base_model) AS base_model, any(w.fine_tune) AS fine_tune, any(w.prompt) AS prompt,
       any(w.tool_schema) AS tool_schema, any(w.retrieval_index) AS retrieval_index,
       any(w.eval_pass) AS eval_pass, any(w.serving) AS serving,
       sum(w.requests) AS calls,
       calls / greatest(1, dateDiff('second', {from:DateTime64(6, 'UTC')}, {to:DateTime64(6, 'UTC')})) AS calls_per_second,
       tidemark_rate(sum(w.errors), sum(w.errors_known)) AS error_rate,
       tidemark_rate_low(sum(w.errors), sum(w.errors_known)) AS error_rate_low,
       tidemark_rate_high(sum(w.errors), sum(w.errors_known)) AS error_rate_high,
       tidemark_rate(sum(w.refusals), sum(w.refusals_known)) AS refusal_rate,
       tidemark_quantile(sumMap(w.ttft_hist), 0.95) AS ttft_p95_ms,
       tidemark_quantile(sumMap(w.end_to_end_hist), 0.95) AS end_to_end_p95_ms,
       sum(w.cost_nano_usd_sum) / 1e9 AS cost_usd,
       sum(w.cost_nano_usd_sum) / nullIf(sum(w.cost_nano_usd_known), 0) / 1e9 AS cost_usd_per_call,
       sum(w.errors_known) / calls AS status_coverage,
       sum(w.end_to_end_known) / calls AS end_to_end_coverage,
       sum(w.cost_nano_usd_known) / calls AS cost_coverage,
       sum(w.late) AS late_calls,
       min(w.sampled_share) AS smallest_sample,
       max(w.window_start + toIntervalSecond(w.window_seconds)) AS last_window_end
FROM windows AS w
WHERE tenant = {tenant:String} AND slice_level = if({tenant:String} = '', 'version', 'tenant_version')
  AND window_seconds = {window:UInt32}
  AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
GROUP BY version_id, role
ORDER BY calls DESC, version_id, role
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
