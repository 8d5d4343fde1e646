-- What else the pages ask about, over 30 days: statements end with a semicolon at the end of a line. Blocks are small, as each makes a part
-- for every day that it holds.
INSERT INTO traces_store (inference_id, event_time, tenant, base_model, fine_tune, prompt, tool_schema, retrieval_index, eval_pass, serving, version_id,
    role, intent, provider, region, trace_id, span_id, session_id, status, http_status, ttft_micros, end_to_end_micros, input_tokens, output_tokens,
    cached_tokens, cost_nano_usd, `spans.span_id`, `spans.parent_span_id`, `spans.kind`, `spans.name`, `spans.start_time`, `spans.duration_micros`,
    `spans.ok`, `spans.attributes`, ingested_at)
WITH toDateTime64('${START}', 6, 'UTC') + toIntervalMillisecond(number * 2592) AS at, number % 20 + 1 AS version, number % 50 = 7 AS failed
SELECT concat('inference-', toString(number)), at, concat('tenant-', toString(cityHash64(number) % 20)), 'gpt-4o-mini', 'none',
    concat('support-v', toString(version)), 'tools-3', 'index-41', 'eval-118', 'gateway-7', concat('version-', toString(version)),
    if(version = 20, 'canary', 'production'), 'intent-0', 'azure', 'eu', concat('trace-', toString(number)), 's0', concat('session-', toString(intDiv(number, 6))),
    if(failed, 'error', 'ok'), if(failed, 500, 200), 210000, 2300000, 700, 160, 120, 201000, ['s1', 's2'], ['s0', 's0'], ['prefill', 'decode'],
    ['prefill', 'decode'], [at, at + toIntervalMillisecond(210)], [210000, 2090000], [true, NOT failed], [map(), map()], at
FROM numbers(1000000)
SETTINGS max_threads = 1, min_insert_block_size_rows = 16384;

INSERT INTO outcomes_store (outcome_id, tenant, trace_id, name, value, source, event_time, observed_time, ingested_at)
WITH number * 5 AS trace, toDateTime64('${START}', 6, 'UTC') + toIntervalMillisecond(trace * 2592) AS at
SELECT concat('outcome-', toString(number)), concat('tenant-', toString(cityHash64(trace) % 20)), concat('trace-', toString(trace)), 'thumbs', number % 7 > 0,
    'user', at, at, at
FROM numbers(200000)
SETTINGS max_threads = 1, min_insert_block_size_rows = 16384;

INSERT INTO releases_store (event_id, tenant, event_time, actor, release_id, state, candidate_base_model, candidate_prompt, candidate_version_id,
    control_base_model, control_prompt, control_version_id, mode, ladder_percent, step, minimum_dwell_seconds, target_adapter, target, ingested_at)
WITH intDiv(number, 4) AS release, number % 4 AS state, toDateTime64('${START}', 6, 'UTC') + toIntervalHour(release * 12 + state * 2) AS at
SELECT concat('event-', toString(number)), if(release % 2 = 0, '*', concat('tenant-', toString(release % 20))), at, 'anna', concat('release-', toString(release)),
    ['started', 'stepped', 'stepped', if(release % 10 = 0, 'rolled_back', 'promoted')][state + 1], 'gpt-4o-mini', 'support-v20', 'version-20', 'gpt-4o-mini',
    'support-v1', 'version-1', 'canary', [5, 25, 50, 100], state % 3, 1800, 'dry-run', 'support-chat', at
FROM numbers(240);

INSERT INTO verdicts_store (decision_id, release_id, tenant, verdict, step, mode, event_time, onset_time, reason, share, candidate_version_id,
    control_version_id, target_adapter, target, `guardrails.measure`, `guardrails.finding`, `guardrails.candidate_n`, `guardrails.control_n`,
    `guardrails.alpha`, `guardrails.mix_effect`, `guardrails.observed`, `guardrails.expected`, `guardrails.lower`, `guardrails.upper`,
    `guardrails.e_value`, `guardrails.threshold`, ingested_at)
WITH intDiv(number, 144) AS release, number % 144 = 143 AND release % 10 = 0 AS bad, toDateTime64('${START}', 6, 'UTC') + toIntervalMinute(number * 5) AS at
SELECT concat('decision-', toString(number)), concat('release-', toString(release)), if(release % 2 = 0, '*', concat('tenant-', toString(release % 20))),
    if(bad, 'rollback', 'hold'), 0, 'canary', at, if(bad, at - toIntervalSecond(70), NULL), 'errors: a regression is not excluded yet', 0.05, 'version-20',
    'version-1', 'dry-run', 'support-chat', ['errors', 'refusals', 'ttft_p95', 'cost_per_call'],
    [if(bad, 'regressed', 'undecided'), 'healthy', 'undecided', 'healthy'], [500, 500, 480, 480], [9500, 9500, 9400, 9400], [0.003, 0.003, 0.002, 0.002],
    [0.0002, NULL, NULL, NULL], [0.0062, 0.0101, 0.052, 210000], [0.0061, 0.0101, 0.05, 209000], [0.004, 0.008, 0.045, 200000],
    [0.012, 0.0135, 0.06, 221000], [if(bad, 1840, 0.7), 0.3, 0.9, 0.2], [333., 333., 500., 500.], at
FROM numbers(8640);

INSERT INTO alerts_store (alert_id, rule_id, rule_version, slice_level, tenant, version_id, state, severity, kind, onset_time, event_time, fired_time,
    resolved_time, last_signal_time, sustain_seconds, resolve_seconds, action, summary, reason, sequence, `evidence.measure`, `evidence.observed`,
    `evidence.expected`, `evidence.lower`, `evidence.upper`, `evidence.e_value`, `evidence.p_value`, `evidence.q_value`, `evidence.threshold`,
    `evidence.n`, `evidence.windows`, `evidence.exemplar_trace_ids`, ingested_at)
WITH intDiv(number, 3) AS alert, number % 3 AS state, toDateTime64('${START}', 6, 'UTC') + toIntervalSecond(alert * 1296) AS onset, onset + toIntervalMinute(state * 5) AS at
SELECT concat('alert-', toString(alert)), 'error-rate', 1, 'tenant', concat('tenant-', toString(alert % 20)), '', ['pending', 'firing', 'resolved'][state + 1],
    'warn', 'error', onset, at, if(state > 0, onset + toIntervalMinute(5), NULL), if(state = 2, at, NULL), at, 300, 300, 'page', 'errors are above 0.5 %', 'breach',
    state + 1, ['errors'], [0.019], [0.006], [0.012], [0.031], [1840], [NULL], [NULL], [333], [5560], [[]], [['trace-17', 'trace-42']], at
FROM numbers(6000);

INSERT INTO actions_store (action_id, decision_id, alert_id, tenant, kind, phase, adapter, target, dry_run, actor, reason, before, after, event_time,
    recorded_time, attempt, release_id, rule_id, onset_time, detect_millis, act_millis, recover_millis, scope, ingested_at)
WITH intDiv(number, 3) AS action, toDateTime64('${START}', 6, 'UTC') + toIntervalHour(action) + toIntervalMinute(number % 3) AS at
SELECT concat('action-', toString(action)), concat('decision-', toString(action)), concat('alert-', toString(action)), concat('tenant-', toString(action % 20)),
    'rollback', ['intended', 'done', 'verified'][number % 3 + 1], 'dry-run', 'support-chat', true, 'rollback consumer', 'verdict of the canary job', 'v20', 'v1',
    at, at, 1, concat('release-', toString(intDiv(action, 12))), 'release', at, 70000, 900, 260000, '', at
FROM numbers(2160);

INSERT INTO drift_store (drift_id, kind, measure, slice_level, tenant, version_id, prompt, intent, role, window_start, window_seconds, baseline_id, n,
    n_baseline, effect, effect_name, effect_limit, p_value, q_value, moved, signal, severity, scope, topics, `shares.name`, `shares.baseline`,
    `shares.current`, ingested_at)
WITH intDiv(number, 100) AS window, number % 5 AS measure, toDateTime64('${START}', 6, 'UTC') + toIntervalMinute(10 * window) AS at
SELECT concat('drift-', toString(number)), 'feature', concat('feature-', toString(measure)), 'tenant', concat('tenant-', toString(intDiv(number % 100, 5))), '',
    '', '', 'production', at, 600, 'training', 1400, 20000, 0.012 + number % 7 / 1000, 'psi', 0.1, 0.4, 0.7, false, number % 50000 = 3, 'warning', '', [],
    arrayMap(i -> concat('bin ', toString(i)), range(10)), arrayMap(i -> 0.1, range(10)), arrayMap(i -> 0.1, range(10)), at
FROM numbers(432000)
SETTINGS max_threads = 1, min_insert_block_size_rows = 16384;

INSERT INTO baselines_store (baseline_id, state, source, tenant, from_time, to_time, created_time, trained_time, actor, n, ingested_at)
WITH toDateTime64('${START}', 6, 'UTC') AS at
SELECT concat('training-', toString(number)), 'active', 'time_range', concat('tenant-', toString(number)), at - toIntervalDay(20), at, at, at, 'ben', 20000, at
FROM numbers(20);
