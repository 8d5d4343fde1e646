-- Counted from the time of storing and never from event time: a replay of last year's traffic is not deleted at once.
ALTER TABLE ${DATABASE}.traces_store ${ON_CLUSTER} MODIFY TTL
    ${COLD_TRACES} toDateTime(ingested_at) + INTERVAL ${RETENTION_TRACES_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.late_traces_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_TRACES_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.loose_spans_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_TRACES_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.windows_store ${ON_CLUSTER} MODIFY TTL
    ${COLD_WINDOWS}
    toDateTime(ingested_at) + INTERVAL ${RETENTION_PANES_DAYS} DAY DELETE WHERE window_seconds < 60,
    toDateTime(ingested_at) + INTERVAL ${RETENTION_MINUTES_DAYS} DAY DELETE WHERE window_seconds >= 60 AND window_seconds < 3600,
    toDateTime(ingested_at) + INTERVAL ${RETENTION_HOURS_DAYS} DAY DELETE WHERE window_seconds >= 3600;

ALTER TABLE ${DATABASE}.outcomes_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_HOURS_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.alerts_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_HOURS_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.verdicts_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_HOURS_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.quality_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_HOURS_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.drift_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_HOURS_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.reviews_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_TRACES_DAYS} DAY DELETE;

ALTER TABLE ${DATABASE}.silences_store ${ON_CLUSTER} MODIFY TTL
    toDateTime(ingested_at) + INTERVAL ${RETENTION_HOURS_DAYS} DAY DELETE;
