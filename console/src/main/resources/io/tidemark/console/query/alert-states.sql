-- Every state that one alert went through
SELECT event_time, state, severity, reason, summary, acknowledged_by, silence_id, sequence
FROM alerts
WHERE ({tenant:String} = '' OR tenant = {tenant:String}) AND alert_id = {alert:String}
ORDER BY sequence, event_time
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
