-- Spend of tenants: the last seven days against the seven before, with a 95 % interval from the daily sums
SELECT tenant,
       sumIf(d.cost_usd, is_this_week) AS cost_usd, sumIf(d.cost_usd, NOT is_this_week) AS cost_usd_before,
       if(cost_usd_before > 0, cost_usd / cost_usd_before - 1, NULL) AS growth,
       1.96 * sqrt(varSampIf(d.cost_usd, is_this_week) / 7 + varSampIf(d.cost_usd, NOT is_this_week) / 7)
           / nullIf(avgIf(d.cost_usd, NOT is_this_week), 0) AS growth_margin,
       if(isFinite(growth_margin), growth - growth_margin, NULL) AS growth_low,
       if(isFinite(growth_margin), growth + growth_margin, NULL) AS growth_high,
       sumIf(d.shadow_cost_usd, is_this_week) AS shadow_cost_usd,
       sumIf(d.requests, is_this_week) AS calls,
       avgIf(d.cost_coverage, is_this_week) AS cost_coverage,
       countIf(is_this_week) AS days, countIf(NOT is_this_week) AS days_before
FROM
(
    SELECT *, day > toDate({to:DateTime64(6, 'UTC')}) - 7 AS is_this_week
    FROM tenant_cost_daily
    WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND tenant != ''
      AND day > toDate({to:DateTime64(6, 'UTC')}) - 14 AND day <= toDate({to:DateTime64(6, 'UTC')})
) AS d
GROUP BY tenant
ORDER BY cost_usd DESC, tenant
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
