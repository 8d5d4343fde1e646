-- Traces that a person should look at: a doubt comes once, however often it was sent.
CREATE TABLE IF NOT EXISTS ${DATABASE}.reviews_store ${ON_CLUSTER}
(
    review_id String CODEC(ZSTD(1)),
    tenant LowCardinality(String),
    trace_id String CODEC(ZSTD(1)),
    inference_ids Array(String),
    session_id Nullable(String),
    slice_level LowCardinality(String),
    version_id LowCardinality(String),
    base_model LowCardinality(String),
    fine_tune LowCardinality(String),
    prompt LowCardinality(String),
    tool_schema LowCardinality(String),
    retrieval_index LowCardinality(String),
    eval_pass LowCardinality(String),
    serving LowCardinality(String),
    intent LowCardinality(String),
    role LowCardinality(String),
    labels Map(LowCardinality(String), String),
    reason LowCardinality(String),
    source LowCardinality(String),
    event_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    observed_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    doubt Nullable(Float64),
    release_id Nullable(String),
    detail String CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at))
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYYYYMMDD(event_time)
ORDER BY (tenant, toStartOfHour(event_time), reason, review_id)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Traces that a person should look at; read the view reviews';
