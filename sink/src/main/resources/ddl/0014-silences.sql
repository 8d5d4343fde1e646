-- Silences, maintenance windows and acknowledgements; what was said last of one counts.
CREATE TABLE IF NOT EXISTS ${DATABASE}.silences_store ${ON_CLUSTER}
(
    silence_id String,
    kind LowCardinality(String),
    alert_id Nullable(String),
    rule_id Nullable(String),
    tenant LowCardinality(String),
    version_id Nullable(String),
    intent Nullable(String),
    starts_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    ends_time DateTime64(6, 'UTC') CODEC(Delta(8), LZ4),
    actor String,
    reason String,
    revoked Bool,
    ingested_at DateTime64(6, 'UTC') CODEC(DoubleDelta, LZ4),
    row_order UInt64 MATERIALIZED toUInt64(toUnixTimestamp64Micro(ingested_at)) * 2 + toUInt64(revoked)
)
ENGINE = ${REPLACING_MERGE_TREE}(row_order)
ORDER BY (tenant, silence_id)
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Silences of alerts; read the view silences';
