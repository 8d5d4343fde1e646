-- How old the data is that models of a tenant are measured against
SELECT tenant, baseline_id, training_data_until, training_data_age_days, last_trained
FROM model_freshness
WHERE ({tenant:String} = '' OR tenant = {tenant:String})
ORDER BY tenant, baseline_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
