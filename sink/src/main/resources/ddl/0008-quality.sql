-- Feedback may bring the slice of its inference along.
ALTER TABLE ${DATABASE}.outcomes_store ${ON_CLUSTER}
    ADD COLUMN IF NOT EXISTS base_model LowCardinality(Nullable(String)) AFTER attributes,
    ADD COLUMN IF NOT EXISTS fine_tune LowCardinality(Nullable(String)) AFTER base_model,
    ADD COLUMN IF NOT EXISTS prompt LowCardinality(Nullable(String)) AFTER fine_tune,
    ADD COLUMN IF NOT EXISTS tool_schema LowCardinality(Nullable(String)) AFTER prompt,
    ADD COLUMN IF NOT EXISTS retrieval_index LowCardinality(Nullable(String)) AFTER tool_schema,
    ADD COLUMN IF NOT EXISTS eval_pass LowCardinality(Nullable(String)) AFTER retrieval_index,
    ADD COLUMN IF NOT EXISTS serving LowCardinality(Nullable(String)) AFTER eval_pass,
    ADD COLUMN IF NOT EXISTS version_id LowCardinality(String) AFTER serving,
    ADD COLUMN IF NOT EXISTS role LowCardinality(String) AFTER version_id,
    ADD COLUMN IF NOT EXISTS intent LowCardinality(Nullable(String)) AFTER role,
    ADD COLUMN IF NOT EXISTS inference_time Nullable(DateTime64(6, 'UTC')) AFTER intent;

-- Every restatement of every cohort. The revision is part of the key: what was known at a time can be asked for ever.
CREATE TABLE IF NOT EXISTS ${DATABASE}.quality_store ${ON_CLUSTER}
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
    group_name LowCardinality(String),
    group_value LowCardinality(String),
    cohort_day DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    label_age_days Int32,
    measure LowCardinality(String),
    category LowCardinality(String),
    unit LowCardinality(String),
    revision Int64 CODEC(Delta(8), LZ4),
    as_of DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    final Bool,
    n Nullable(Int64),
    population Nullable(Int64),
    population_estimate Nullable(Float64),
    coverage Nullable(Float64),
    estimate Nullable(Float64),
    lower Nullable(Float64),
    upper Nullable(Float64),
    standard_error Nullable(Float64),
    total Nullable(Float64),
    estimated Bool,
    suppressed Bool,
    weights Nullable(Float64),
    weighted_values Nullable(Float64),
    squared_weights Nullable(Float64),
    squared_weight_values Nullable(Float64),
    squared_weight_squares Nullable(Float64),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at))
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYYYYMM(cohort_day)
ORDER BY (tenant, slice_level, measure, cohort_day, label_age_days, category, unit, version_id, intent, role, group_name,
          group_value, revision)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Measures of quality with every restatement; read the views quality and quality_as_of';
