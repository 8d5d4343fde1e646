-- Components of each version tuple, and when it was seen. Minimum and maximum do not change when rows come twice, so that
-- a view that fills them at insert is safe here.
CREATE TABLE IF NOT EXISTS ${DATABASE}.versions_store ${ON_CLUSTER}
(
    version_id String,
    base_model SimpleAggregateFunction(any, String),
    fine_tune SimpleAggregateFunction(any, String),
    prompt SimpleAggregateFunction(any, String),
    tool_schema SimpleAggregateFunction(any, String),
    retrieval_index SimpleAggregateFunction(any, String),
    eval_pass SimpleAggregateFunction(any, String),
    serving SimpleAggregateFunction(any, String),
    first_seen SimpleAggregateFunction(min, DateTime64(6, 'UTC')),
    last_seen SimpleAggregateFunction(max, DateTime64(6, 'UTC'))
)
ENGINE = ${AGGREGATING_MERGE_TREE}
ORDER BY version_id
SETTINGS ${TABLE_SETTINGS}
COMMENT 'Version tuples; read the view versions';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${DATABASE}.versions_from_traces ${ON_CLUSTER} TO ${DATABASE}.versions_store AS
SELECT
    toString(version_id) AS version_id,
    any(toString(traces_store.base_model)) AS base_model,
    any(toString(traces_store.fine_tune)) AS fine_tune,
    any(toString(traces_store.prompt)) AS prompt,
    any(toString(traces_store.tool_schema)) AS tool_schema,
    any(toString(traces_store.retrieval_index)) AS retrieval_index,
    any(toString(traces_store.eval_pass)) AS eval_pass,
    any(toString(traces_store.serving)) AS serving,
    min(event_time) AS first_seen,
    max(event_time) AS last_seen
FROM ${DATABASE}.traces_store
GROUP BY version_id;
