-- What a window's texts scored on average: each is null without vectors.
ALTER TABLE ${DATABASE}.drift_store ${ON_CLUSTER}
    ADD COLUMN IF NOT EXISTS centroid_distance Nullable(Float64) AFTER backend_id,
    ADD COLUMN IF NOT EXISTS topic_distance Nullable(Float64) AFTER centroid_distance,
    ADD COLUMN IF NOT EXISTS topic_margin Nullable(Float64) AFTER topic_distance,
    ADD COLUMN IF NOT EXISTS response_cosine Nullable(Float64) AFTER topic_margin;

-- A view keeps the columns that there were when it was made.
CREATE OR REPLACE VIEW ${DATABASE}.drift ${ON_CLUSTER} AS
SELECT * FROM ${DATABASE}.drift_store FINAL;
