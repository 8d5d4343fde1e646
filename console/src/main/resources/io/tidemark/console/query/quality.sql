-- Quality of versions: the last day of inferences whose labels have come, by measure, with its 95 % interval and how many inferences have a label
SELECT measure, unit, version_id, prompt, base_model, role, cohort_day, label_age_days, estimate, lower, upper, n, coverage, estimated, `final`
FROM quality
WHERE tenant = {tenant:String} AND slice_level = if({tenant:String} = '', 'version', 'tenant_version') AND category = '' AND group_name = ''
  AND NOT suppressed AND cohort_day >= {to:DateTime64(6, 'UTC')} - toIntervalDay(30) AND cohort_day < {to:DateTime64(6, 'UTC')}
ORDER BY measure, version_id, role, cohort_day DESC, label_age_days DESC
LIMIT 1 BY measure, unit, version_id, role
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
