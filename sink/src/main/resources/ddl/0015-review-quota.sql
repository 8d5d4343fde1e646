-- How many requests of a slice and reason were over the quota of an hour; null in a request to look at a trace.
ALTER TABLE ${DATABASE}.reviews_store ${ON_CLUSTER}
    ADD COLUMN IF NOT EXISTS over_quota Nullable(Int64) AFTER attributes;
