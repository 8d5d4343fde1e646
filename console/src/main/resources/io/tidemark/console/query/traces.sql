-- Inferences of the range, latest first; no prompt and no answer is shown
SELECT event_time, tenant, trace_id, inference_id, version_id, prompt, role, intent, status, http_status, error_class, refused,
       ttft_micros / 1000 AS ttft_ms, end_to_end_micros / 1000 AS end_to_end_ms, input_tokens, output_tokens,
       cost_nano_usd / 1e9 AS cost_usd
FROM traces
WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND event_time >= {from:DateTime64(6, 'UTC')} AND event_time < {to:DateTime64(6, 'UTC')}
  AND ({trace:String} = '' OR trace_id = {trace:String})
  AND ({version:String} = '' OR version_id = {version:String})
  AND ({status:String} = '' OR status = {status:String})
ORDER BY event_time DESC, inference_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
