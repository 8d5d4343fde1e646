-- Spans that belong to no inference: one row each, however often it was sent.
CREATE TABLE IF NOT EXISTS ${DATABASE}.loose_spans_store ${ON_CLUSTER}
(
    tenant LowCardinality(String),
    trace_id String CODEC(ZSTD(1)),
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
    session_id Nullable(String),
    late Bool,
    span_id String CODEC(ZSTD(1)),
    parent_span_id Nullable(String),
    kind LowCardinality(String),
    name LowCardinality(String),
    start_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    duration_micros Nullable(Int64),
    ok Nullable(Bool),
    attributes Map(LowCardinality(String), String),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at)),
    INDEX trace_id_filter trace_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYYYYMMDD(start_time)
ORDER BY (tenant, toStartOfHour(start_time), trace_id, span_id)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Spans without an inference; read the view spans or loose_spans';
