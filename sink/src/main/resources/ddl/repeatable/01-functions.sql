-- Value that stands for a bucket of the grid log2-35; equal to LogGrid.value in Java.
CREATE OR REPLACE FUNCTION tidemark_bucket_value ${ON_CLUSTER} AS (bucket) -> multiIf(
    bucket = -32767, 0.,
    bucket = -32768, -inf,
    bucket = 32767, inf,
    2 * exp2(bucket / 35) * exp2((bucket + 1) / 35) / (exp2(bucket / 35) + exp2((bucket + 1) / 35)));

CREATE OR REPLACE FUNCTION tidemark_sorted_buckets ${ON_CLUSTER} AS (hist) -> arraySort(mapKeys(hist));

-- Counts in the order of tidemark_sorted_buckets.
CREATE OR REPLACE FUNCTION tidemark_sorted_counts ${ON_CLUSTER} AS (hist) -> arraySort(
    (c, k) -> k, mapValues(hist), mapKeys(hist));

CREATE OR REPLACE FUNCTION tidemark_hist_count ${ON_CLUSTER} AS (hist) -> arraySum(mapValues(hist));

-- Nearest rank: the smallest bucket at which the cumulative count reaches ceil(q * n), as its value. NULL when empty.
CREATE OR REPLACE FUNCTION tidemark_quantile ${ON_CLUSTER} AS (hist, q) -> if(
    tidemark_hist_count(hist) = 0,
    NULL,
    tidemark_bucket_value(tidemark_sorted_buckets(hist)[arrayFirstIndex(
        c -> c >= greatest(1, ceil(q * tidemark_hist_count(hist))), arrayCumSum(tidemark_sorted_counts(hist)))]));

-- Share of the values at or under a limit, in whole buckets. NULL when empty.
CREATE OR REPLACE FUNCTION tidemark_share_at_most ${ON_CLUSTER} AS (hist, maximum) -> if(
    tidemark_hist_count(hist) = 0,
    NULL,
    arraySum((k, c) -> if(tidemark_bucket_value(k) <= maximum, c, 0), mapKeys(hist), mapValues(hist))
        / tidemark_hist_count(hist));

-- Upper ends of the first nine of ten bins that split the baseline evenly; equal ends collapse.
CREATE OR REPLACE FUNCTION tidemark_psi_cuts ${ON_CLUSTER} AS (baseline_hist) -> arrayDistinct(arrayMap(
    k -> tidemark_sorted_buckets(baseline_hist)[arrayFirstIndex(
        c -> c * 10 >= k * tidemark_hist_count(baseline_hist), arrayCumSum(tidemark_sorted_counts(baseline_hist)))],
    range(1, 10)));

-- Count in each of the bins that the cuts make.
CREATE OR REPLACE FUNCTION tidemark_psi_bins ${ON_CLUSTER} AS (hist, cuts) -> arrayMap(
    bin -> arraySum((k, c) -> if(arrayCount(cut -> cut < k, cuts) = bin, c, 0), mapKeys(hist), mapValues(hist)),
    range(0, length(cuts) + 1));

-- Index of two lists of counts, half a count added to each bin.
CREATE OR REPLACE FUNCTION tidemark_psi_of_bins ${ON_CLUSTER} AS (baseline_bins, current_bins) -> arraySum(
    (b, c) ->
        ((c + 0.5) / (arraySum(current_bins) + 0.5 * arrayCount((x, y) -> x + y > 0, baseline_bins, current_bins))
            - (b + 0.5) / (arraySum(baseline_bins) + 0.5 * arrayCount((x, y) -> x + y > 0, baseline_bins, current_bins)))
        * log(
            (c + 0.5) / (arraySum(current_bins) + 0.5 * arrayCount((x, y) -> x + y > 0, baseline_bins, current_bins))
            / ((b + 0.5) / (arraySum(baseline_bins) + 0.5 * arrayCount((x, y) -> x + y > 0, baseline_bins, current_bins))))
        * (b + c > 0),
    baseline_bins, current_bins);

-- Population stability index of two histograms over ten baseline-quantile bins. NULL when either is empty.
CREATE OR REPLACE FUNCTION tidemark_psi ${ON_CLUSTER} AS (baseline_hist, current_hist) -> if(
    tidemark_hist_count(baseline_hist) = 0 OR tidemark_hist_count(current_hist) = 0,
    NULL,
    tidemark_psi_of_bins(
        tidemark_psi_bins(baseline_hist, tidemark_psi_cuts(baseline_hist)),
        tidemark_psi_bins(current_hist, tidemark_psi_cuts(baseline_hist))));

-- Jensen-Shannon distance of two histograms, bucket by bucket: 0 for equal shapes, 1 for disjoint ones. NULL when either
-- is empty.
CREATE OR REPLACE FUNCTION tidemark_js ${ON_CLUSTER} AS (baseline_hist, current_hist) -> if(
    tidemark_hist_count(baseline_hist) = 0 OR tidemark_hist_count(current_hist) = 0,
    NULL,
    sqrt(least(1, greatest(0, (
        arraySum(
            (k, c) -> if(c = 0, 0, c / tidemark_hist_count(baseline_hist) * log2(
                2 * c / tidemark_hist_count(baseline_hist)
                / (c / tidemark_hist_count(baseline_hist) + current_hist[k] / tidemark_hist_count(current_hist)))),
            mapKeys(baseline_hist), mapValues(baseline_hist))
        + arraySum(
            (k, c) -> if(c = 0, 0, c / tidemark_hist_count(current_hist) * log2(
                2 * c / tidemark_hist_count(current_hist)
                / (c / tidemark_hist_count(current_hist) + baseline_hist[k] / tidemark_hist_count(baseline_hist)))),
            mapKeys(current_hist), mapValues(current_hist))) / 2))));

-- Rate, and Wilson's interval at 95 %, of hits among n trials; NULL without a trial.
CREATE OR REPLACE FUNCTION tidemark_rate ${ON_CLUSTER} AS (hits, n) -> if(n > 0, hits / n, NULL);

CREATE OR REPLACE FUNCTION tidemark_rate_low ${ON_CLUSTER} AS (hits, n) -> if(n > 0, greatest(0, (
    hits / n + 3.841458820694124 / (2 * n)
    - 1.959963984540054 * sqrt((hits / n * (1 - hits / n) + 3.841458820694124 / (4 * n)) / n))
    / (1 + 3.841458820694124 / n)), NULL);

CREATE OR REPLACE FUNCTION tidemark_rate_high ${ON_CLUSTER} AS (hits, n) -> if(n > 0, least(1, (
    hits / n + 3.841458820694124 / (2 * n)
    + 1.959963984540054 * sqrt((hits / n * (1 - hits / n) + 3.841458820694124 / (4 * n)) / n))
    / (1 + 3.841458820694124 / n)), NULL);
