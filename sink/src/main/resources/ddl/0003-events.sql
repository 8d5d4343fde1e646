CREATE TABLE IF NOT EXISTS ${DATABASE}.outcomes_store ${ON_CLUSTER}
(
    outcome_id String,
    tenant LowCardinality(String),
    trace_id String CODEC(ZSTD(1)),
    span_id Nullable(String),
    session_id Nullable(String),
    name LowCardinality(String),
    value Nullable(Float64),
    label LowCardinality(Nullable(String)),
    source LowCardinality(String),
    judge_name LowCardinality(Nullable(String)),
    judge_version LowCardinality(Nullable(String)),
    explanation Nullable(String) CODEC(ZSTD(3)),
    cost_nano_usd Nullable(Int64),
    event_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    observed_time DateTime64(6, 'UTC'),
    attributes Map(LowCardinality(String), String),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at))
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYYYYMM(event_time)
ORDER BY (tenant, toStartOfHour(event_time), outcome_id)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Feedback, labels, judge scores; read the view outcomes';

CREATE TABLE IF NOT EXISTS ${DATABASE}.releases_store ${ON_CLUSTER}
(
    event_id String,
    tenant LowCardinality(String),
    event_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    actor LowCardinality(String),
    release_id Nullable(String),
    state LowCardinality(Nullable(String)),
    candidate_base_model LowCardinality(Nullable(String)),
    candidate_fine_tune LowCardinality(Nullable(String)),
    candidate_prompt LowCardinality(Nullable(String)),
    candidate_tool_schema LowCardinality(Nullable(String)),
    candidate_retrieval_index LowCardinality(Nullable(String)),
    candidate_eval_pass LowCardinality(Nullable(String)),
    candidate_serving LowCardinality(Nullable(String)),
    candidate_version_id LowCardinality(String),
    control_base_model LowCardinality(Nullable(String)),
    control_fine_tune LowCardinality(Nullable(String)),
    control_prompt LowCardinality(Nullable(String)),
    control_tool_schema LowCardinality(Nullable(String)),
    control_retrieval_index LowCardinality(Nullable(String)),
    control_eval_pass LowCardinality(Nullable(String)),
    control_serving LowCardinality(Nullable(String)),
    control_version_id LowCardinality(String),
    mode LowCardinality(Nullable(String)),
    ladder_percent Array(Float64),
    step Nullable(Int32),
    minimum_dwell_seconds Nullable(Int64),
    `guardrails.measure` Array(String),
    `guardrails.tolerance` Array(Float64),
    `guardrails.relative` Array(Bool),
    `guardrails.alpha_weight` Array(Float64),
    `guardrails.minimum_count` Array(Int64),
    target_adapter Nullable(String),
    target Nullable(String),
    warm_until Nullable(DateTime64(6, 'UTC')),
    override_reason Nullable(String),
    change_kind LowCardinality(Nullable(String)),
    change_subject Nullable(String),
    change_before Nullable(String),
    change_after Nullable(String),
    change_description Nullable(String),
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at))
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYear(event_time)
ORDER BY (tenant, event_time, event_id)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Rollouts and other changes; read the view releases';

-- Every state that an alert went through; an alert id and a state come once.
CREATE TABLE IF NOT EXISTS ${DATABASE}.alerts_store ${ON_CLUSTER}
(
    alert_id String,
    rule_id LowCardinality(String),
    rule_version Int32,
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
    state LowCardinality(String),
    severity LowCardinality(String),
    onset_time DateTime64(6, 'UTC'),
    event_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    resolved_time Nullable(DateTime64(6, 'UTC')),
    expires_time Nullable(DateTime64(6, 'UTC')),
    `evidence.measure` Array(String),
    `evidence.observed` Array(Nullable(Float64)),
    `evidence.expected` Array(Nullable(Float64)),
    `evidence.lower` Array(Nullable(Float64)),
    `evidence.upper` Array(Nullable(Float64)),
    `evidence.e_value` Array(Nullable(Float64)),
    `evidence.p_value` Array(Nullable(Float64)),
    `evidence.q_value` Array(Nullable(Float64)),
    `evidence.threshold` Array(Nullable(Float64)),
    `evidence.n` Array(Int64),
    `evidence.windows` Array(Array(DateTime64(6, 'UTC'))),
    `evidence.exemplar_trace_ids` Array(Array(String)),
    attribution LowCardinality(Nullable(String)),
    action LowCardinality(Nullable(String)),
    candidate_base_model LowCardinality(Nullable(String)),
    candidate_fine_tune LowCardinality(Nullable(String)),
    candidate_prompt LowCardinality(Nullable(String)),
    candidate_tool_schema LowCardinality(Nullable(String)),
    candidate_retrieval_index LowCardinality(Nullable(String)),
    candidate_eval_pass LowCardinality(Nullable(String)),
    candidate_serving LowCardinality(Nullable(String)),
    candidate_version_id LowCardinality(String),
    rollback_target_base_model LowCardinality(Nullable(String)),
    rollback_target_fine_tune LowCardinality(Nullable(String)),
    rollback_target_prompt LowCardinality(Nullable(String)),
    rollback_target_tool_schema LowCardinality(Nullable(String)),
    rollback_target_retrieval_index LowCardinality(Nullable(String)),
    rollback_target_eval_pass LowCardinality(Nullable(String)),
    rollback_target_serving LowCardinality(Nullable(String)),
    rollback_target_version_id LowCardinality(String),
    runbook LowCardinality(String),
    summary String,
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at))
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYYYYMM(event_time)
ORDER BY (tenant, event_time, alert_id, state)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'States of alerts; read the view alerts';

CREATE TABLE IF NOT EXISTS ${DATABASE}.actions_store ${ON_CLUSTER}
(
    action_id String,
    decision_id String,
    alert_id Nullable(String),
    tenant LowCardinality(String),
    kind LowCardinality(String),
    phase LowCardinality(String),
    adapter LowCardinality(String),
    target LowCardinality(String),
    dry_run Bool,
    actor LowCardinality(String),
    reason Nullable(String),
    before Nullable(String),
    after Nullable(String),
    event_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    recorded_time DateTime64(6, 'UTC'),
    attempt Int32,
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    keep_first UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(ingested_at))
)
ENGINE = ${REPLACING_MERGE_TREE}(keep_first)
PARTITION BY toYYYYMM(event_time)
ORDER BY (tenant, event_time, action_id, phase, attempt)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Audit of what consumers did; read the view actions';
