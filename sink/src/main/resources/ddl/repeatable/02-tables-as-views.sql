-- What analysts read: each row once, in its latest state.
CREATE OR REPLACE VIEW ${DATABASE}.traces ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.traces_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.late_traces ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.late_traces_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.windows ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.windows_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.outcomes ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.outcomes_store FINAL;

-- The latest restatement of each cohort.
CREATE OR REPLACE VIEW ${DATABASE}.quality ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.quality_store FINAL
ORDER BY revision DESC
LIMIT 1 BY tenant, slice_level, measure, cohort_day, label_age_days, category, unit, version_id, intent, role, group_name,
           group_value;

-- What was known before a time: SELECT ... FROM quality_as_of(as_of = '2026-03-05 00:00:00')
CREATE OR REPLACE VIEW ${DATABASE}.quality_as_of ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.quality_store FINAL
WHERE as_of <= {as_of:DateTime64(6, 'UTC')}
ORDER BY revision DESC
LIMIT 1 BY tenant, slice_level, measure, cohort_day, label_age_days, category, unit, version_id, intent, role, group_name,
           group_value;

CREATE OR REPLACE VIEW ${DATABASE}.outcomes_as_of ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.outcomes_store FINAL
WHERE observed_time < {as_of:DateTime64(6, 'UTC')};

-- Fairness: each group against the group of the same feature with the highest rate. Small groups are not shown.
CREATE OR REPLACE VIEW ${DATABASE}.fairness ${ON_CLUSTER} AS
SELECT
    tenant, version_id, role, group_name, group_value, cohort_day, label_age_days, measure, category, n, estimate, lower, upper,
    max(estimate) OVER same_feature AS highest,
    if(measure = 'selection_rate', estimate / nullIf(highest, 0), NULL) AS disparate_impact_ratio,
    if(measure = 'recall', estimate - highest, NULL) AS equal_opportunity_difference
FROM ${DATABASE}.quality
WHERE slice_level = 'group' AND NOT suppressed
WINDOW same_feature AS (
    PARTITION BY tenant, version_id, role, group_name, cohort_day, label_age_days, measure, category);

-- The review queue. Records that only count what was over the quota are in review_quota.
CREATE OR REPLACE VIEW ${DATABASE}.reviews ${ON_CLUSTER} AS
SELECT * EXCEPT over_quota FROM ${DATABASE}.reviews_store FINAL
WHERE over_quota IS NULL;

-- How many reviews of a slice and reason are in the queue of a day, and how many were over its quota.
CREATE OR REPLACE VIEW ${DATABASE}.review_quota ${ON_CLUSTER} AS
SELECT
    tenant, reason, version_id, intent, role, toDate(event_time) AS day,
    countIf(reviews_store.over_quota IS NULL) AS queued,
    toUInt64(sum(coalesce(reviews_store.over_quota, 0))) AS over_quota
FROM ${DATABASE}.reviews_store FINAL
GROUP BY tenant, reason, version_id, intent, role, day;

CREATE OR REPLACE VIEW ${DATABASE}.releases ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.releases_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.verdicts ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.verdicts_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.drift ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.drift_store FINAL;

-- The counts of a baseline's slices come as records of their own, which name no source.
CREATE OR REPLACE VIEW ${DATABASE}.baselines ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.baselines_store FINAL WHERE source != 'unknown';

-- How old the data is that a tenant's models are measured against, and when they were last trained or changed.
CREATE OR REPLACE VIEW ${DATABASE}.model_freshness ${ON_CLUSTER} AS
SELECT
    active.tenant AS tenant,
    active.baseline_id AS baseline_id,
    active.to_time AS training_data_until,
    dateDiff('day', active.to_time, now64(6, 'UTC')) AS training_data_age_days,
    active.trained_time AS last_trained,
    dateDiff('day', active.trained_time, now64(6, 'UTC')) AS last_trained_days_ago
FROM (SELECT * FROM ${DATABASE}.baselines_store FINAL) AS active
WHERE active.state = 'active' AND active.source != 'replay';

CREATE OR REPLACE VIEW ${DATABASE}.alerts ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.alerts_store FINAL;

-- Traces to look at, by the way in which they failed: SELECT ... FROM alert_exemplars(alert_id = '...')
-- The traces of the alert's slice from five minutes before its onset on; an alert about time or cost shows the slowest or the dearest too.
CREATE OR REPLACE VIEW ${DATABASE}.alert_exemplars ${ON_CLUSTER} AS
WITH (
    SELECT (tenant, version_id, intent, toString(role), onset_time - INTERVAL 5 MINUTE, coalesce(resolved_time, event_time), kind)
    FROM ${DATABASE}.alerts_store FINAL
    WHERE alert_id = {alert_id:String}
    ORDER BY event_time DESC
    LIMIT 1
) AS alert
SELECT
    {alert_id:String} AS alert_id,
    multiIf(
        status = 'timeout', 'timeout',
        status = 'error', concat('error ', coalesce(toString(error_class), toString(http_status), 'of no class')),
        status = 'cancelled', 'cancelled',
        jailbreak, 'jailbreak',
        guardrail_blocks > 0, 'guardrail block',
        pii_hits > 0, 'personal data',
        refused, 'refusal',
        NOT schema_valid, 'invalid structure',
        tool_errors > 0, 'tool error',
        finish_reason IN ('content_filter', 'safety'), 'content filter',
        alert.7 = 'latency' AND end_to_end_micros IS NOT NULL, 'slowest',
        alert.7 = 'cost' AND cost_nano_usd IS NOT NULL, 'dearest',
        finish_reason IN ('length', 'max_tokens'), 'cut off',
        '') AS failure_mode,
    count() AS traces,
    min(event_time) AS first_time,
    max(event_time) AS last_time,
    arrayMap(each -> each.2, groupArraySorted(5)((
        -multiIf(
            failure_mode = 'slowest', ifNull(end_to_end_micros, 0),
            failure_mode = 'dearest', ifNull(cost_nano_usd, 0),
            0),
        trace_id))) AS exemplar_trace_ids
FROM ${DATABASE}.traces_store FINAL
WHERE event_time BETWEEN alert.5 AND alert.6
    AND (alert.1 = '' OR tenant = alert.1)
    AND (alert.2 = '' OR version_id = alert.2)
    AND (alert.3 = '' OR intent = alert.3)
    AND (alert.4 = 'unknown' OR role = alert.4)
GROUP BY failure_mode
HAVING failure_mode != ''
ORDER BY traces DESC, failure_mode;

CREATE OR REPLACE VIEW ${DATABASE}.silences ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.silences_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.actions ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.actions_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.loose_spans ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.loose_spans_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.spans ${ON_CLUSTER} AS
SELECT
    tenant, trace_id, inference_id, event_time, version_id, role, intent,
    span_id, parent_span_id, kind, name, start_time, duration_micros, ok, attributes
FROM ${DATABASE}.traces_store FINAL
ARRAY JOIN
    `spans.span_id` AS span_id,
    `spans.parent_span_id` AS parent_span_id,
    `spans.kind` AS kind,
    `spans.name` AS name,
    `spans.start_time` AS start_time,
    `spans.duration_micros` AS duration_micros,
    `spans.ok` AS ok,
    `spans.attributes` AS attributes
UNION ALL
SELECT
    tenant, trace_id, '' AS inference_id, start_time AS event_time, version_id, role, intent,
    span_id, parent_span_id, kind, name, start_time, duration_micros, ok, attributes
FROM ${DATABASE}.loose_spans_store FINAL;

CREATE OR REPLACE VIEW ${DATABASE}.versions ${ON_CLUSTER} AS
SELECT
    version_id,
    any(versions_store.base_model) AS base_model,
    any(versions_store.fine_tune) AS fine_tune,
    any(versions_store.prompt) AS prompt,
    any(versions_store.tool_schema) AS tool_schema,
    any(versions_store.retrieval_index) AS retrieval_index,
    any(versions_store.eval_pass) AS eval_pass,
    any(versions_store.serving) AS serving,
    min(versions_store.first_seen) AS first_seen,
    max(versions_store.last_seen) AS last_seen
FROM ${DATABASE}.versions_store
GROUP BY version_id;
