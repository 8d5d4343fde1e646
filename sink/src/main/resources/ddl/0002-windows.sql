-- One row for each slice and window: of equal keys the highest revision stays, and a final row beats a provisional one
-- of the same revision. The columns of the measures are added by the migration runner from the measure catalogue.
CREATE TABLE IF NOT EXISTS ${DATABASE}.windows_store ${ON_CLUSTER}
(
    slice_level LowCardinality(String),
    tenant LowCardinality(String),
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
    provider LowCardinality(String),
    provider_key_id LowCardinality(String),
    region LowCardinality(String),
    cohort LowCardinality(String),
    window_start DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    window_seconds Int32,
    revision Int64,
    `final` Bool,
    requests Int64,
    late Int64,
    sampled_share Float64,
    overflow Bool,
    tokens_per_minute_limit Nullable(Int64),
    requests_per_minute_limit Nullable(Int64),
    grid LowCardinality(String),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    row_order UInt64 MATERIALIZED toUInt64(revision) * 2 + toUInt64(`final`)
)
ENGINE = ${REPLACING_MERGE_TREE}(row_order)
PARTITION BY toYYYYMM(window_start)
ORDER BY (tenant, slice_level, window_seconds, version_id, intent, role, provider, provider_key_id, region, cohort, window_start)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Windows of slices; read the view windows';
