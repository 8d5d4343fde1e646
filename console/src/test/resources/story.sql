-- Two hours of two tenants: a new prompt gets 5 % of the traffic at 12:30, turns bad at 13:20 and is taken back. Statements end with a
-- semicolon at the end of a line.
INSERT INTO windows_store (slice_level, tenant, version_id, base_model, fine_tune, prompt, tool_schema, retrieval_index, eval_pass,
    serving, role, window_start, window_seconds, revision, final, requests, late, sampled_share, grid, errors, errors_known, refusals,
    refusals_known, ttft_hist, ttft_known, end_to_end_hist, end_to_end_known, cost_nano_usd_sum, cost_nano_usd_known, input_tokens_sum,
    input_tokens_known, output_tokens_sum, output_tokens_known, cached_tokens_sum, cached_tokens_known, cache_hits, cache_hits_known,
    cost_estimated, cost_estimated_known, ingested_at)
WITH toUInt64(a.per_minute + (m.number * 7) % 23) AS n, (a.role = 'canary' AND m.number >= 80) AS bad
SELECT a.level, a.tenant, a.version, if(a.version = '', '', 'gpt-4o-mini'), if(a.version = '', '', 'none'), a.prompt,
    if(a.version = '', '', 'tools-3'), if(a.version = '', '', 'index-41'), if(a.version = '', '', 'eval-118'),
    if(a.version = '', '', 'gateway-7'), a.role, toDateTime64('2026-01-01 12:00:00', 6, 'UTC') + toIntervalMinute(m.number), 60,
    1, m.number < 118, n, if(m.number % 30 = 7, 2, 0), 1, 'log2-35',
    if(bad, intDiv(n * 16, 100), intDiv(n * (if(m.number % 3 = 0, 2, 1)), 200)), n,
    if(bad, intDiv(n * 9, 100), intDiv(n, 100)), n,
    CAST(map(toInt16(35 * log2(if(bad, 340, 190) + m.number % 7)), n - intDiv(n, 10), toInt16(35 * log2(if(bad, 900, 420) + m.number % 11)),
        intDiv(n, 10)) AS Map(Int16, UInt64)), n,
    CAST(map(toInt16(35 * log2(if(bad, 2600, 2100) + 9 * (m.number % 13))), n - intDiv(n, 10), toInt16(35 * log2(if(bad, 5200, 3900)
        + 31 * (m.number % 11))), intDiv(n, 10)) AS Map(Int16, UInt64)), n,
    n * 210000 + m.number * 1000, intDiv(n * 98, 100), n * 700, n, n * 160, n, n * 100, n, intDiv(n, 4), n, intDiv(n, 5), n, now64()
FROM numbers(120) AS m
CROSS JOIN
(
    SELECT * FROM values('level String, tenant String, version String, prompt String, role String, per_minute UInt64',
        ('all', '', '', '', 'production', 1900), ('all', '', '', '', 'canary', 100),
        ('tenant', 'acme', '', '', 'production', 1200), ('tenant', 'acme', '', '', 'canary', 60),
        ('tenant', 'globex', '', '', 'production', 700), ('tenant', 'globex', '', '', 'canary', 40),
        ('version', '', '11c0ffee11c0ffee', 'support-v1', 'production', 1900),
        ('version', '', '22badbad22badbad', 'support-v2', 'canary', 100),
        ('tenant_version', 'acme', '11c0ffee11c0ffee', 'support-v1', 'production', 1200),
        ('tenant_version', 'acme', '22badbad22badbad', 'support-v2', 'canary', 60),
        ('tenant_version', 'globex', '11c0ffee11c0ffee', 'support-v1', 'production', 700),
        ('tenant_version', 'globex', '22badbad22badbad', 'support-v2', 'canary', 40),
        ('tenant_version', 'globex', '33globex33globex', 'globex-secret', 'production', 55))
) AS a
WHERE (a.role != 'canary' OR m.number BETWEEN 30 AND 82);

INSERT INTO windows_store (slice_level, tenant, role, window_start, window_seconds, revision, final, requests, sampled_share, grid,
    cost_nano_usd_sum, cost_nano_usd_known, cost_estimated, cost_estimated_known, input_tokens_sum, output_tokens_sum, ingested_at)
SELECT 'tenant', a.tenant, a.role, toDateTime64('2026-01-01 14:00:00', 6, 'UTC') - toIntervalHour(h.number + 1), 3600, 1, true, a.n, 1,
    'log2-35', toInt64(a.n * 210000 * if(h.number < 182, a.growth, 1) * (1 + (h.number % 24) / 100)), a.n, 0, a.n, a.n * 700, a.n * 160, now64()
FROM numbers(350) AS h
CROSS JOIN
(
    SELECT * FROM values('tenant String, role String, n UInt64, growth Float64',
        ('acme', 'production', 72000, 1.31), ('globex', 'production', 42000, 1.02), ('acme', 'shadow', 3000, 1.))
) AS a;

INSERT INTO releases_store (event_id, tenant, event_time, actor, release_id, state, candidate_base_model, candidate_fine_tune,
    candidate_prompt, candidate_tool_schema, candidate_retrieval_index, candidate_eval_pass, candidate_serving, candidate_version_id,
    control_base_model, control_fine_tune, control_prompt, control_tool_schema, control_retrieval_index, control_eval_pass,
    control_serving, control_version_id, mode, ladder_percent, step, minimum_dwell_seconds, target_adapter, target, ingested_at)
SELECT concat(release, '-', state), tenant, toDateTime64(at, 6, 'UTC'), actor, release, state, 'gpt-4o-mini', 'none', candidate,
    'tools-3', 'index-41', 'eval-119', 'gateway-7', version, 'gpt-4o-mini', 'none', 'support-v1', 'tools-3', 'index-41', 'eval-118',
    'gateway-7', '11c0ffee11c0ffee', 'canary', [5, 25, 50, 100], 0, 1800, 'dry-run', 'support-chat', now64()
FROM values('release String, tenant String, at String, actor String, state String, candidate String, version String',
    ('support-v2', '*', '2026-01-01 12:30:00', 'anna', 'started', 'support-v2', '22badbad22badbad'),
    ('support-v2', '*', '2026-01-01 13:22:10', 'rollback consumer', 'rolled_back', 'support-v2', '22badbad22badbad'),
    ('acme-returns', 'acme', '2026-01-01 13:40:00', 'ben', 'started', 'returns-v4', '44acme4444acme44'),
    ('globex-only', 'globex', '2026-01-01 13:10:00', 'gloria', 'started', 'globex-secret', '33globex33globex'));

INSERT INTO releases_store (event_id, tenant, event_time, actor, candidate_version_id, control_version_id, change_kind, change_subject,
    change_before, change_after, change_description, ingested_at)
SELECT subject, tenant, toDateTime64(at, 6, 'UTC'), 'cd', '', '', kind, subject, 'v6', 'v7', 'by the pipeline', now64()
FROM values('tenant String, at String, kind String, subject String',
    ('*', '2026-01-01 12:55:00', 'index_rebuild', 'docs-index'), ('acme', '2026-01-01 13:05:00', 'flag', 'acme-returns-flow'),
    ('globex', '2026-01-01 13:06:00', 'config', 'globex-secret-limits'));

INSERT INTO verdicts_store (decision_id, release_id, tenant, verdict, step, mode, event_time, onset_time, reason, share, attribution,
    candidate_prompt, control_prompt, candidate_version_id, control_version_id, rollback_target_version_id, rollback_target_healthy,
    target_adapter, target, exemplar_trace_ids, `guardrails.measure`, `guardrails.finding`, `guardrails.candidate_n`,
    `guardrails.control_n`, `guardrails.alpha`, `guardrails.mix_effect`, `guardrails.observed`, `guardrails.expected`,
    `guardrails.lower`, `guardrails.upper`, `guardrails.e_value`, `guardrails.threshold`, ingested_at)
WITH k = 11 AS last, least(k, 10) AS held
SELECT concat('decision-', toString(k)), 'support-v2', '*', if(last, 'rollback', 'hold'), 0, 'canary',
    if(last, toDateTime64('2026-01-01 13:21:20', 6, 'UTC'), toDateTime64('2026-01-01 12:30:00', 6, 'UTC') + toIntervalMinute(5 * k)),
    if(last, toDateTime64('2026-01-01 13:20:10', 6, 'UTC'), NULL),
    if(last, 'errors: evidence of 1.84e+03 that the candidate is worse than tolerated, threshold 333',
        if(k < 6, 'the step has not lasted its minimum of 1800 s', 'errors: a regression beyond the tolerance is not excluded yet')),
    0.05, if(last, 'prompt', NULL), 'support-v2', 'support-v1', '22badbad22badbad', '11c0ffee11c0ffee',
    if(last, '11c0ffee11c0ffee', ''), if(last, true, NULL), 'dry-run', 'support-chat', if(last, ['trace-17', 'trace-42'], []),
    ['errors', 'refusals', 'ttft_p95', 'cost_per_call'],
    [if(last, 'regressed', if(k < 2, 'insufficient', 'undecided')), if(last, 'undecided', 'healthy'), 'undecided', 'healthy'],
    [500 * held + 60, 500 * held + 60, 480 * held + 60, 480 * held + 60], [9500 * held + 900, 9500 * held + 900, 9400 * held + 900, 9400 * held + 900],
    [0.003, 0.003, 0.002, 0.002], [0.0002, NULL, NULL, -0.0001],
    [if(last, 0.021, 0.0062), if(last, 0.013, 0.0101), 0.052, 210000], [0.0061, 0.0101, 0.05, 209000],
    [if(last, 0.0121, 0.0061 - 0.004 / sqrt(k)), 0.008, 0.045, 200000], [if(last, 0.0312, 0.0062 + 0.012 / sqrt(k)), 0.0135, 0.06, 221000],
    [if(last, 1840., 0.4 + 0.05 * k), if(last, 41., 0.3), 0.9, 0.2], [333., 333., 500., 500.], now64()
FROM (SELECT toInt32(number) AS k FROM numbers(1, 11));

INSERT INTO verdicts_store (decision_id, release_id, tenant, verdict, step, mode, event_time, reason, share, candidate_version_id,
    control_version_id, `guardrails.measure`, `guardrails.finding`, `guardrails.candidate_n`, `guardrails.control_n`,
    `guardrails.alpha`, `guardrails.mix_effect`, `guardrails.observed`, `guardrails.expected`, `guardrails.lower`,
    `guardrails.upper`, `guardrails.e_value`, `guardrails.threshold`, ingested_at)
SELECT concat(release, '-1'), release, tenant, 'hold', 0, 'canary', toDateTime64('2026-01-01 13:55:00', 6, 'UTC'),
    'the step has not lasted its minimum of 1800 s', 0.05, version, '11c0ffee11c0ffee', ['errors'], ['insufficient'], [40], [760],
    [0.003], [NULL], [NULL], [0.006], [NULL], [NULL], [0.7], [333], now64()
FROM values('release String, tenant String, version String',
    ('acme-returns', 'acme', '44acme4444acme44'), ('globex-only', 'globex', '33globex33globex'));

INSERT INTO alerts_store (alert_id, rule_id, rule_version, slice_level, tenant, version_id, base_model, prompt, role, state, severity, kind,
    onset_time, event_time, fired_time, resolved_time, last_signal_time, sustain_seconds, resolve_seconds, attribution, action, decision_id,
    release_id, candidate_prompt, candidate_version_id, rollback_target_version_id, runbook, summary, reason, sequence, `evidence.measure`,
    `evidence.observed`, `evidence.expected`, `evidence.lower`, `evidence.upper`, `evidence.e_value`, `evidence.p_value`,
    `evidence.q_value`, `evidence.threshold`, `evidence.n`, `evidence.windows`, `evidence.exemplar_trace_ids`, ingested_at)
SELECT id, rule, 1, if(tenant = '', 'version', 'tenant'), tenant, '22badbad22badbad', 'gpt-4o-mini', 'support-v2', 'canary', state,
    severity, kind, toDateTime64('2026-01-01 13:20:10', 6, 'UTC'), toDateTime64(at, 6, 'UTC'),
    if(state = 'pending', NULL, toDateTime64('2026-01-01 13:21:20', 6, 'UTC')), if(state = 'resolved', toDateTime64(at, 6, 'UTC'), NULL),
    toDateTime64(at, 6, 'UTC'), 0, 600, if(kind = 'verdict', 'prompt', NULL), if(kind = 'verdict', 'rollback', 'page'), id,
    if(kind = 'verdict', 'support-v2', NULL), 'support-v2', '22badbad22badbad', if(kind = 'verdict', '11c0ffee11c0ffee', ''),
    'docs/rules.md', summary, why, seq, ['errors'], [observed], [0.006], [0.012], [0.031], [1840], [NULL], [NULL], [333], [5560],
    [[]], [['trace-17', 'trace-42']], now64()
FROM values('id String, rule String, tenant String, state String, severity String, kind String, at String, seq Int32, observed Float64, summary String, why String',
    ('a0release', 'release/support-v2', '', 'firing', 'critical', 'verdict', '2026-01-01 13:21:20', 1, 0.021, 'support-v2 is worse than support-v1: errors', 'the canary job decided for a rollback'),
    ('a1acme', 'error-rate', 'acme', 'pending', 'critical', 'error', '2026-01-01 13:20:20', 1, 0.019, 'errors of acme are above 0.5 %', 'breach'),
    ('a1acme', 'error-rate', 'acme', 'firing', 'critical', 'error', '2026-01-01 13:21:40', 2, 0.024, 'errors of acme are above 0.5 %', 'the breach has lasted'),
    ('a1acme', 'error-rate', 'acme', 'resolved', 'critical', 'error', '2026-01-01 13:36:00', 3, 0.004, 'errors of acme are above 0.5 %', 'over for 600 s'),
    ('a2acme', 'cost-growth', 'acme', 'firing', 'ticket', 'cost', '2026-01-01 13:50:00', 1, 0.31, 'spend of acme grew by 31 % in a week', 'lower bound above 0'),
    ('a3globex', 'refusal-rate', 'globex', 'firing', 'warn', 'quality', '2026-01-01 13:30:00', 1, 0.07, 'globex-secret refuses much', 'breach'));

INSERT INTO actions_store (action_id, decision_id, alert_id, tenant, kind, phase, adapter, target, dry_run, actor, reason, before, after,
    event_time, recorded_time, attempt, release_id, rule_id, candidate_version_id, rollback_version_id, onset_time, detect_millis,
    act_millis, recover_millis, scope, ingested_at)
SELECT concat(kind, '-', tenant), 'decision-11', if(kind = 'rollback', 'a0release', NULL), tenant, kind, phase, 'dry-run', target, true,
    'rollback consumer', why, 'support-v2 at 5 %', 'support-v1 at 100 %', toDateTime64(at, 6, 'UTC'), toDateTime64(at, 6, 'UTC'), 1,
    if(kind = 'rollback' AND tenant = '', 'support-v2', NULL), if(kind = 'rollback' AND tenant = '', 'release/support-v2', 'drift'), '22badbad22badbad', '11c0ffee11c0ffee',
    toDateTime64('2026-01-01 13:20:10', 6, 'UTC'), 70000, if(phase = 'intended', NULL, 900), if(phase = 'verified', 260000, NULL), '', now64()
FROM values('tenant String, kind String, phase String, target String, at String, why String',
    ('', 'rollback', 'intended', 'support-chat', '2026-01-01 13:21:21', 'verdict of the canary job'),
    ('', 'rollback', 'done', 'support-chat', '2026-01-01 13:21:22', 'dry run: nothing was changed'),
    ('', 'rollback', 'verified', 'support-chat', '2026-01-01 13:25:42', 'measures are back at their baseline'),
    ('acme', 'retraining', 'done', 'acme-weekly', '2025-12-27 02:00:00', 'schedule'),
    ('globex', 'retraining', 'done', 'globex-weekly', '2025-12-28 02:00:00', 'schedule'),
    ('globex', 'rollback', 'refused', 'globex-secret-target', '2026-01-01 13:31:00', 'not armed for globex'));

INSERT INTO traces_store (inference_id, event_time, tenant, base_model, fine_tune, prompt, tool_schema, retrieval_index, eval_pass,
    serving, version_id, role, intent, provider, region, trace_id, span_id, session_id, turn, status, error_class, http_status, refused,
    retries, cache_hit, queue_micros, ttft_micros, end_to_end_micros, input_tokens, output_tokens, cached_tokens, cost_nano_usd,
    `spans.span_id`, `spans.parent_span_id`, `spans.kind`, `spans.name`, `spans.start_time`, `spans.duration_micros`, `spans.ok`,
    `spans.attributes`, prompt_text, response_text, ingested_at)
WITH number % 4 = 1 AS canary, number % 3 = 0 AS globex, canary AND number % 8 = 1 AS failed,
    toDateTime64('2026-01-01 13:20:00', 6, 'UTC') + toIntervalSecond(2 * number) AS at
SELECT concat('inference-', toString(number)), at, if(globex, 'globex', 'acme'), 'gpt-4o-mini', 'none',
    if(globex AND canary, 'globex-secret', if(canary, 'support-v2', 'support-v1')), 'tools-3', 'index-41', 'eval-118', 'gateway-7',
    if(globex AND canary, '33globex33globex', if(canary, '22badbad22badbad', '11c0ffee11c0ffee')), if(canary, 'canary', 'production'), 'returns',
    'azure', 'eu-central', concat(if(globex, 'globex-', 'trace-'), toString(number)), 's0', concat('session-', toString(intDiv(number, 6))),
    number % 6, if(failed, 'error', 'ok'), if(failed, 'upstream_error', NULL), if(failed, 500, 200), false, NULL, number % 4 = 0, 9000,
    if(failed, NULL, 210000), 2300000 + 1000 * number, 700, if(failed, NULL, 160), 120, if(failed, NULL, 201000),
    ['s1', 's2', 's3', 's4', 's5'], ['s0', 's0', 's0', 's0', 's0'], ['guardrail', 'retrieval', 'queue', 'prefill', 'decode'],
    ['input check', 'search', 'queue', 'prefill', 'decode'],
    [at, at + toIntervalMillisecond(6), at + toIntervalMillisecond(51), at + toIntervalMillisecond(60), at + toIntervalMillisecond(270)],
    [6000, 45000, 9000, 210000, if(failed, NULL, 2000000 + 1000 * number)], [true, true, true, NOT failed, NULL], [map(), map(), map(), map(), map()],
    'a prompt that nobody may see', 'an answer that nobody may see', now64()
FROM numbers(120);

INSERT INTO outcomes_store (outcome_id, tenant, trace_id, name, value, source, event_time, observed_time, ingested_at)
SELECT concat('outcome-', toString(number)), if(number % 3 = 0, 'globex', 'acme'), concat(if(number % 3 = 0, 'globex-', 'trace-'), toString(number)),
    if(number % 3 = 0, 'globex-nps', 'thumbs'), if(number % 4 = 1, number % 5 = 0, number % 5 != 0), 'user',
    toDateTime64('2026-01-01 13:20:00', 6, 'UTC') + toIntervalSecond(2 * number), toDateTime64('2026-01-01 13:40:00', 6, 'UTC'), now64()
FROM numbers(120);

INSERT INTO drift_store (drift_id, kind, measure, slice_level, tenant, version_id, prompt, intent, role, window_start, window_seconds,
    baseline_id, n, n_baseline, effect, effect_name, effect_limit, p_value, q_value, insufficient, moved, signal, severity, scope,
    explained_by, topics, `shares.name`, `shares.baseline`, `shares.current`, ingested_at)
WITH late AND number >= 8 AS far
SELECT concat(measure, tenant, toString(number)), kind, measure, 'tenant', tenant, '', '', '', 'production',
    toDateTime64('2026-01-01 12:00:00', 6, 'UTC') + toIntervalMinute(10 * number), 600, concat(tenant, '-training'), 1400 + number, 20000,
    if(far, 0.31, 0.012 + number / 1000), effect, 0.1, if(far, 0.00001, 0.4), if(far, 0.0004, 0.7), NULL, far, far, 'warning', '', NULL,
    if(far, ['questions about invoices'], []), ['billing', 'returns', 'order_status', 'technical'], [0.4, 0.3, 0.2, 0.1],
    if(far, [0.71, 0.12, 0.1, 0.07], [0.41, 0.29, 0.2, 0.1]), now64()
FROM numbers(12) AS k
CROSS JOIN
(
    SELECT * FROM values('tenant String, kind String, measure String, effect String, late Bool',
        ('acme', 'feature', 'intent_mix', 'psi', true), ('acme', 'output', 'prediction', 'psi', false),
        ('globex', 'feature', 'globex-feature', 'psi', false))
) AS a;

INSERT INTO baselines_store (baseline_id, state, source, tenant, from_time, to_time, created_time, trained_time, actor, n, ingested_at)
SELECT concat(tenant, '-training'), 'active', 'time_range', tenant, toDateTime64('2025-12-01 00:00:00', 6, 'UTC'),
    toDateTime64('2025-12-20 00:00:00', 6, 'UTC'), toDateTime64('2025-12-21 00:00:00', 6, 'UTC'),
    toDateTime64('2025-12-27 02:00:00', 6, 'UTC'), 'ben', 20000, now64()
FROM values('tenant String', ('acme'), ('globex'));

INSERT INTO quality_store (slice_level, tenant, version_id, base_model, prompt, role, cohort_day, label_age_days, measure, unit, revision, as_of,
    `final`, n, population, coverage, estimate, lower, upper, estimated, suppressed, ingested_at)
SELECT if(tenant = '', 'version', 'tenant_version'), tenant, version, 'gpt-4o-mini', prompt, 'production',
    toDateTime64('2025-12-29 00:00:00', 6, 'UTC') + toIntervalDay(day), age, 'accuracy', 'inference', 1, toDateTime64('2026-01-01 00:00:00', 6, 'UTC'), day < 2,
    400 + 10 * age, 2000, 0.2, estimate - day / 1000, estimate - 0.02, estimate + 0.02, false, false, now64()
FROM values('tenant String, version String, prompt String, estimate Float64, day UInt8, age Int32',
    ('', '11c0ffee11c0ffee', 'support-v1', 0.931, 1, 1), ('', '11c0ffee11c0ffee', 'support-v1', 0.941, 0, 3),
    ('', '33globex33globex', 'globex-secret', 0.87, 1, 1), ('acme', '11c0ffee11c0ffee', 'support-v1', 0.935, 1, 1),
    ('globex', '33globex33globex', 'globex-secret', 0.87, 1, 1));

INSERT INTO silences_store (silence_id, kind, alert_id, rule_id, tenant, starts_time, ends_time, actor, reason, revoked, ingested_at)
SELECT id, kind, nullIf(alert, ''), nullIf(rule, ''), tenant, toDateTime64('2026-01-01 13:35:00', 6, 'UTC'), toDateTime64(until, 6, 'UTC'), actor, why, back, now64()
FROM values('id String, kind String, alert String, rule String, tenant String, until String, actor String, why String, back Bool',
    ('s1acme', 'silence', '', 'cost-growth', 'acme', '2026-01-01 18:00:00', 'ben', 'the yearly campaign', false),
    ('s2acme', 'acknowledgement', 'a1acme', '', 'acme', '2026-01-01 13:40:00', 'anna', 'looking into it', false),
    ('s3globex', 'maintenance', '', '', 'globex', '2026-01-01 16:00:00', 'gloria', 'globex moves', true));
