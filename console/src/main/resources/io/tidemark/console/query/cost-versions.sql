-- Spend of versions in the range, by role, with cache hits and how many calls have a known cost
SELECT version_id, role,
       any(w.base_model) AS base_model, any(w.fine_tune) AS fine_tune, any(w.prompt) AS prompt,
       any(w.tool_schema) AS tool_schema, any(w.retrieval_index) AS retrieval_index,
       any(w.eval_pass) AS eval_pass, any(w.serving) AS serving,
       sum(w.requests) AS calls,
       sum(w.cost_nano_usd_sum) / 1e9 AS cost_usd,
       sum(w.cost_nano_usd_sum) / nullIf(sum(w.cost_nano_usd_known), 0) / 1e9 AS cost_usd_per_call,
       sum(w.input_tokens_sum) AS input_tokens, sum(w.output_tokens_sum) AS output_tokens,
       tidemark_rate(sum(w.cache_hits), sum(w.cache_hits_known)) AS cache_hit_rate,
       sum(w.cached_tokens_sum) / nullIf(sum(w.input_tokens_sum), 0) AS cached_token_share,
       sum(w.cost_nano_usd_known) / calls AS cost_coverage,
       least(sum(w.input_tokens_known), sum(w.output_tokens_known)) / calls AS token_coverage,
       sum(w.cost_estimated) / nullIf(sum(w.cost_estimated_known), 0) AS estimated_share
FROM windows AS w
WHERE tenant = {tenant:String} AND slice_level = if({tenant:String} = '', 'version', 'tenant_version')
  AND window_seconds = {window:UInt32}
  AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
GROUP BY version_id, role
ORDER BY cost_usd DESC NULLS LAST, version_id, role
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
