-- One row for each inference. Of equal inference ids the one that came first stays, as in the windows job.
-- The hour is in the key and the day in the partition, so that equal rows always meet.
CREATE TABLE IF NOT EXISTS ${DATABASE}.traces_store ${ON_CLUSTER}
(
    inference_id String CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    tenant LowCardinality(String),
    base_model LowCardinality(String),
    fine_tune LowCardinality(String),
    prompt LowCardinality(String),
    tool_schema LowCardinality(String),
    retrieval_index LowCardinality(String),
    eval_pass LowCardinality(String),
    serving LowCardinality(String),
    version_id LowCardinality(String),
    role LowCardinality(String),
    intent LowCardinality(String),
    provider LowCardinality(Nullable(String)),
    provider_key_id LowCardinality(Nullable(String)),
    region LowCardinality(Nullable(String)),
    cohort LowCardinality(Nullable(String)),
    trace_id String CODEC(ZSTD(1)),
    span_id Nullable(String),
    session_id Nullable(String),
    turn Nullable(Int32),
    status LowCardinality(String),
    error_class LowCardinality(Nullable(String)),
    http_status Nullable(Int32),
    finish_reason LowCardinality(Nullable(String)),
    refused Nullable(Bool),
    guardrail_blocks Nullable(Int32),
    pii_hits Nullable(Int32),
    jailbreak Nullable(Bool),
    schema_valid Nullable(Bool),
    cold_start Nullable(Bool),
    retries Nullable(Int32),
    fallback_from LowCardinality(Nullable(String)),
    degraded Nullable(Bool),
    cache_hit Nullable(Bool),
    tool_calls Nullable(Int32),
    tool_errors Nullable(Int32),
    queue_micros Nullable(Int64),
    ttft_micros Nullable(Int64),
    time_per_output_token_micros Nullable(Int64),
    end_to_end_micros Nullable(Int64),
    input_tokens Nullable(Int64),
    output_tokens Nullable(Int64),
    cached_tokens Nullable(Int64),
    reasoning_tokens Nullable(Int64),
    cost_nano_usd Nullable(Int64),
    confidence Nullable(Float64),
    prediction LowCardinality(Nullable(String)),
    queue_depth Nullable(Int64),
    tokens_in_flight Nullable(Int64),
    cpu_utilization Nullable(Float64),
    gpu_utilization Nullable(Float64),
    memory_utilization Nullable(Float64),
    kv_cache_utilization Nullable(Float64),
    `spans.span_id` Array(String),
    `spans.parent_span_id` Array(Nullable(String)),
    `spans.kind` Array(LowCardinality(String)),
    `spans.name` Array(LowCardinality(String)),
    `spans.start_time` Array(DateTime64(6, 'UTC')),
    `spans.duration_micros` Array(Nullable(Int64)),
    `spans.ok` Array(Nullable(Bool)),
    `spans.attributes` Array(Map(LowCardinality(String), String)),
    numeric_features Map(LowCardinality(String), Float64),
    categorical_features Map(LowCardinality(String), String),
    attributes Map(LowCardinality(String), String),
    sampling_weight Nullable(Float64),
    prompt_text Nullable(String) CODEC(ZSTD(3)),
    response_text Nullable(String) CODEC(ZSTD(3)),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at)),
    INDEX trace_id_filter trace_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYYYYMMDD(event_time)
ORDER BY (tenant, toStartOfHour(event_time), inference_id)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Inferences; read the view traces';

-- Traces that came after their windows were final. They are in traces_store as well.
CREATE TABLE IF NOT EXISTS ${DATABASE}.late_traces_store ${ON_CLUSTER}
(
    inference_id String CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    tenant LowCardinality(String),
    base_model LowCardinality(String),
    fine_tune LowCardinality(String),
    prompt LowCardinality(String),
    tool_schema LowCardinality(String),
    retrieval_index LowCardinality(String),
    eval_pass LowCardinality(String),
    serving LowCardinality(String),
    version_id LowCardinality(String),
    role LowCardinality(String),
    intent LowCardinality(String),
    trace_id String CODEC(ZSTD(1)),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at))
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYYYYMMDD(event_time)
ORDER BY (tenant, toStartOfHour(event_time), inference_id)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Inferences too late for their windows; read the view late_traces';
