-- Spend of tenants: the last seven whole days against the seven before, with a 95 % interval from the daily sums, and today so far
SELECT tenant,
       sumIf(d.cost_usd, is_this_week) AS cost_usd, sumIf(d.cost_usd, is_week_before) AS cost_usd_before,
       sumIf(d.cost_usd, is_today) AS cost_usd_today,
       if(days = 7 AND days_before = 7 AND cost_usd_before > 0, cost_usd / cost_usd_before - 1, NULL) AS growth,
       1.96 * sqrt(varSampIf(d.cost_usd, is_this_week) / 7 + varSampIf(d.cost_usd, is_week_before) / 7)
           / nullIf(avgIf(d.cost_usd, is_week_before), 0) AS growth_margin,
       growth - growth_margin AS growth_low,
       growth + growth_margin AS growth_high,
       sumIf(d.shadow_cost_usd, is_this_week OR is_today) AS shadow_cost_usd,
       sumIf(d.requests, is_this_week OR is_today) AS calls,
       avg(d.cost_coverage) AS cost_coverage,
       countIf(is_this_week) AS days, countIf(is_week_before) AS days_before
FROM
(
    SELECT *,
           day = toDate({to:DateTime64(6, 'UTC')}) AS is_today,
           NOT is_today AND day >= toDate({to:DateTime64(6, 'UTC')}) - 7 AS is_this_week,
           NOT is_today AND NOT is_this_week AS is_week_before
    FROM tenant_cost_daily
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND tenant != ''
      AND day >= toDate({to:DateTime64(6, 'UTC')}) - 14 AND day <= toDate({to:DateTime64(6, 'UTC')})
) AS d
GROUP BY tenant
ORDER BY cost_usd + cost_usd_today DESC, tenant
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
