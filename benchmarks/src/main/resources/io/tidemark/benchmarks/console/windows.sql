-- The windows of one length in one stretch of time. A histogram has a bucket for each call, up to forty.
INSERT INTO windows_store (slice_level, tenant, version_id, base_model, fine_tune, prompt, tool_schema, retrieval_index, eval_pass, serving, intent, role,
    window_start, window_seconds, revision, `final`, requests, late, sampled_share, grid, errors, errors_known, refusals, refusals_known, cache_hits,
    cache_hits_known, cached_tokens_sum, cached_tokens_known, cost_estimated, cost_estimated_known, input_tokens_sum, input_tokens_known,
    output_tokens_sum, output_tokens_known, cost_nano_usd_sum, cost_nano_usd_known, ttft_hist, ttft_known, end_to_end_hist, end_to_end_known, ingested_at)
WITH
    w.number * ${SECONDS} AS second,
    toDateTime64('${START}', 6, 'UTC') AS start,
    cityHash64(w.number, s.level, s.tenant, s.version, s.intent, s.role) AS noise,
    toUInt64(1 + s.calls * ${SECONDS} / 60 * (1 + 0.4 * sin(second / 13750)) * (0.8 + noise % 40 / 100)) AS n,
    least(n, 40) AS buckets,
    arrayMap(i -> intDiv(n, buckets) + (i < n % buckets), range(buckets)) AS counts
SELECT s.level, s.tenant, if(s.version = 0, '', concat('version-', toString(s.version))), if(s.version = 0, '', 'gpt-4o-mini'),
    if(s.version = 0, '', 'none'), if(s.version = 0, '', concat('support-v', toString(s.version))), if(s.version = 0, '', 'tools-3'),
    if(s.version = 0, '', 'index-41'), if(s.version = 0, '', 'eval-118'), if(s.version = 0, '', 'gateway-7'), s.intent, s.role,
    start + toIntervalSecond(second), ${SECONDS}, 1, true, n, noise % 97 = 5, 1, 'log2-35',
    intDiv(n + noise % 150, 150), n, intDiv(n + noise % 100, 100), n, intDiv(n, 4), n, n * 100, n, intDiv(n, 5), n,
    n * 700, n, n * 160, n, n * 210000, n,
    CAST(mapFromArrays(arrayMap(i -> toInt16(255 + (noise + 7 * i) % 61), range(buckets)), counts) AS Map(Int16, UInt64)), n,
    CAST(mapFromArrays(arrayMap(i -> toInt16(385 + (noise + 11 * i) % 61), range(buckets)), counts) AS Map(Int16, UInt64)), n,
    start + toIntervalSecond(second + ${SECONDS})
FROM numbers(${FIRST}, ${COUNT}) AS w
CROSS JOIN bench_slices AS s
SETTINGS max_threads = 1
