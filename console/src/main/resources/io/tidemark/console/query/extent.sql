-- Up to when there is data, and how much of the range is complete
SELECT count() AS windows, sum(w.requests) AS calls,
       if(windows = 0, NULL, min(window_start)) AS first_window,
       if(windows = 0, NULL, max(window_start + toIntervalSecond(window_seconds))) AS last_window_end,
       sum(w.late) AS late_calls, countIf(NOT w.final) AS provisional_windows,
       if(windows = 0, NULL, min(w.sampled_share)) AS smallest_sample
FROM windows AS w
WHERE tenant = {tenant:String} AND slice_level = if({tenant:String} = '', 'all', 'tenant') AND window_seconds = 60
  AND window_start >= {from:DateTime64(6, 'UTC')} AND window_start < {to:DateTime64(6, 'UTC')}
