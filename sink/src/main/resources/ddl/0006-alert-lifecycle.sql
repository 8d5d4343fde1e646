-- What the lifecycle and the consumers know beside the first contract.
ALTER TABLE ${DATABASE}.alerts_store ${ON_CLUSTER}
    ADD COLUMN IF NOT EXISTS kind LowCardinality(String) AFTER summary,
    ADD COLUMN IF NOT EXISTS decision_id Nullable(String) AFTER kind,
    ADD COLUMN IF NOT EXISTS release_id Nullable(String) AFTER decision_id,
    ADD COLUMN IF NOT EXISTS target_adapter LowCardinality(Nullable(String)) AFTER release_id,
    ADD COLUMN IF NOT EXISTS target Nullable(String) AFTER target_adapter,
    ADD COLUMN IF NOT EXISTS fired_time Nullable(DateTime64(6, 'UTC')) AFTER target,
    ADD COLUMN IF NOT EXISTS cleared_time Nullable(DateTime64(6, 'UTC')) AFTER fired_time,
    ADD COLUMN IF NOT EXISTS last_signal_time DateTime64(6, 'UTC') AFTER cleared_time,
    ADD COLUMN IF NOT EXISTS notified_time Nullable(DateTime64(6, 'UTC')) AFTER last_signal_time,
    ADD COLUMN IF NOT EXISTS sustain_seconds Int64 AFTER notified_time,
    ADD COLUMN IF NOT EXISTS resolve_seconds Int64 AFTER sustain_seconds,
    ADD COLUMN IF NOT EXISTS acknowledged_by Nullable(String) AFTER resolve_seconds,
    ADD COLUMN IF NOT EXISTS silence_id Nullable(String) AFTER acknowledged_by,
    ADD COLUMN IF NOT EXISTS parent Nullable(String) AFTER silence_id,
    ADD COLUMN IF NOT EXISTS sequence Int32 AFTER parent,
    ADD COLUMN IF NOT EXISTS reason String AFTER sequence;

ALTER TABLE ${DATABASE}.actions_store ${ON_CLUSTER}
    ADD COLUMN IF NOT EXISTS release_id Nullable(String) AFTER attempt,
    ADD COLUMN IF NOT EXISTS rule_id Nullable(String) AFTER release_id,
    ADD COLUMN IF NOT EXISTS candidate_version_id Nullable(String) AFTER rule_id,
    ADD COLUMN IF NOT EXISTS rollback_version_id Nullable(String) AFTER candidate_version_id,
    ADD COLUMN IF NOT EXISTS evidence Nullable(String) AFTER rollback_version_id,
    ADD COLUMN IF NOT EXISTS request Nullable(String) AFTER evidence,
    ADD COLUMN IF NOT EXISTS onset_time Nullable(DateTime64(6, 'UTC')) AFTER request,
    ADD COLUMN IF NOT EXISTS detect_millis Nullable(Int64) AFTER onset_time,
    ADD COLUMN IF NOT EXISTS act_millis Nullable(Int64) AFTER detect_millis,
    ADD COLUMN IF NOT EXISTS recover_millis Nullable(Int64) AFTER act_millis,
    ADD COLUMN IF NOT EXISTS scope String AFTER recover_millis;
