-- Recent traffic of a version: calls, failed share, 95th percentile of the whole latency
SELECT sum(requests) AS calls, tidemark_rate(sum(errors), sum(errors_known)) AS error_rate,
       tidemark_quantile(sumMap(end_to_end_hist), 0.95) AS end_to_end_p95_ms,
       if(calls = 0, NULL, max(window_start + toIntervalSecond(window_seconds))) AS last_window_end
FROM windows
WHERE tenant = {tenant:String} AND slice_level = if({tenant:String} = '', 'version', 'tenant_version')
  AND window_seconds = 60 AND version_id = {version:String}
  AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
