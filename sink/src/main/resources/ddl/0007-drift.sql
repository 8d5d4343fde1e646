-- Drift tests; a test comes once, however often it was sent. Baselines: what is known of each, without its counts.
CREATE TABLE IF NOT EXISTS ${DATABASE}.drift_store ${ON_CLUSTER}
(
    drift_id String,
    kind LowCardinality(String),
    measure LowCardinality(String),
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
    labels Map(LowCardinality(String), String),
    window_start DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    window_seconds Int32,
    baseline_id LowCardinality(String),
    n Int64,
    n_baseline Int64,
    sampled_share Float64,
    effect Nullable(Float64),
    effect_name LowCardinality(String),
    effect_limit Nullable(Float64),
    effect_within Nullable(Float64),
    statistic Nullable(Float64),
    p_value Nullable(Float64),
    q_value Nullable(Float64),
    insufficient Nullable(String),
    moved Bool,
    signal Bool,
    severity LowCardinality(String),
    scope LowCardinality(String),
    explained_by Nullable(String),
    topics Array(String),
    `shares.name` Array(String),
    `shares.baseline` Array(Float64),
    `shares.current` Array(Float64),
    exemplar_trace_ids Array(String),
    backend_id LowCardinality(Nullable(String)),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4)
)
ENGINE = ${REPLACING_MERGE_TREE}(ingested_at)
PARTITION BY toYYYYMM(window_start)
ORDER BY (tenant, kind, measure, slice_level, window_seconds, window_start, drift_id)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Drift tests; read the view drift';

CREATE TABLE IF NOT EXISTS ${DATABASE}.baselines_store ${ON_CLUSTER}
(
    baseline_id String,
    state LowCardinality(String),
    source LowCardinality(String),
    source_text String,
    tenant LowCardinality(String),
    from_time Nullable(DateTime64(6, 'UTC')),
    to_time Nullable(DateTime64(6, 'UTC')),
    created_time DateTime64(6, 'UTC'),
    trained_time Nullable(DateTime64(6, 'UTC')),
    actor String,
    n Int64,
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4)
)
ENGINE = ${REPLACING_MERGE_TREE}(ingested_at)
ORDER BY (baseline_id, source)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Baselines; read the view baselines';
