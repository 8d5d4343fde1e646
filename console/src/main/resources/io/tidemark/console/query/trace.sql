-- One trace with its steps, and what its producer did not say
SELECT event_time, tenant, trace_id, inference_id, span_id, session_id, turn, version_id, base_model, fine_tune, prompt, tool_schema,
       retrieval_index, eval_pass, serving, role, intent, provider, region, status, http_status, error_class, finish_reason, refused,
       guardrail_blocks, schema_valid, retries, fallback_from, cache_hit, queue_micros / 1000 AS queue_ms,
       ttft_micros / 1000 AS ttft_ms, end_to_end_micros / 1000 AS end_to_end_ms, input_tokens, output_tokens, cached_tokens,
       reasoning_tokens, cost_nano_usd / 1e9 AS cost_usd, confidence,
       `spans.span_id` AS spans_id, `spans.parent_span_id` AS spans_parent, `spans.kind` AS spans_kind,
       `spans.name` AS spans_name, `spans.start_time` AS spans_start,
       arrayMap(d -> d / 1000, `spans.duration_micros`) AS spans_ms, `spans.ok` AS spans_ok
FROM traces
WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND trace_id = {trace:String}
ORDER BY event_time, inference_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
