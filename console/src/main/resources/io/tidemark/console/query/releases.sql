-- Rollouts: where each stands
SELECT release_id, any(r.tenant) AS tenant,
       argMax(r.state, r.event_time) AS state, argMax(r.step, r.event_time) AS step,
       min(r.event_time) AS started, max(r.event_time) AS changed, argMax(r.actor, r.event_time) AS actor,
       argMax(r.ladder_percent, r.event_time) AS ladder, any(r.mode) AS mode,
       any(r.target_adapter) AS target_adapter, any(r.target) AS target,
       any(r.candidate_version_id) AS candidate_version_id, any(r.control_version_id) AS control_version_id,
       [any(r.candidate_base_model), any(r.candidate_fine_tune), any(r.candidate_prompt), any(r.candidate_tool_schema),
        any(r.candidate_retrieval_index), any(r.candidate_eval_pass), any(r.candidate_serving)] AS candidate,
       [any(r.control_base_model), any(r.control_fine_tune), any(r.control_prompt), any(r.control_tool_schema),
        any(r.control_retrieval_index), any(r.control_eval_pass), any(r.control_serving)] AS control,
       argMax(r.warm_until, r.event_time) AS warm_until
FROM releases AS r
WHERE ({tenant:String} = '' OR r.tenant = {tenant:String}) AND release_id IS NOT NULL
  AND ({release:String} = '' OR release_id = {release:String})
  AND r.event_time < {to:DateTime64(6, 'UTC')}
GROUP BY release_id
ORDER BY changed DESC
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
