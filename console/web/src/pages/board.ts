/** The state of every version in service, and above it what is bad. */
import { h } from "../dom";
import type { Answer, Row } from "../api";
import { sparkline } from "../charts";
import { COMPONENTS, versionName, type Context } from "../context";
import { age, count, decimal, dollars, millis, percent, signed, signedPercent, time } from "../format";
import { incident, isBad } from "../incident";
import { SEVERE } from "./alerts";
import { chip, empty, fact, panel, stacked, table } from "../parts";

export async function board(context: Context, early: (parts: HTMLElement[]) => void): Promise<HTMLElement[]> {
  const window = context.window();
  const [versions, trend, verdicts, releases, actions] = await Promise.all([
    context.ask("board", { window }),
    context.askSlowly("trend", ["from", "to"], { window }),
    context.ask("verdicts", { limit: 200 }),
    context.askAtAnyTime("releases", { to: context.to.toISOString() }),
    context.ask("actions"),
  ]);
  const health = () => [...incidents(context, verdicts, releases, actions, versions), services(context, versions, trend, verdicts)];
  early(health());
  const [alerts, cost, retrained, outcomes, against, quality, extent, drift, freshness] = await Promise.all([
    context.ask("alerts", { state: "firing" }),
    context.askSlowly("cost-tenants", ["to"]),
    context.askSlowly("retrainings", ["to"]),
    context.askSlowly("outcomes", ["from", "to"]),
    context.askSlowly("outcomes-against-control", ["from", "to"]),
    context.askSlowly("quality", ["to"]),
    context.ask("extent"),
    context.askSlowly("drift", ["from", "to"], { limit: 200 }),
    context.askSlowly("freshness", []),
  ]);
  return [
    ...health(),
    h(
      "div",
      { class: "columns two" },
      alertsPanel(context, alerts),
      qualityPanel(context, quality, versions),
      people(outcomes, versions),
      againstControl(context, against),
    ),
    tiles(context, { cost, retrained, releases, extent, drift, freshness }, verdicts),
  ];
}

function incidents(context: Context, verdicts: Answer, releases: Answer, actions: Answer, versions: Answer): HTMLElement[] {
  const bad = verdicts.rows.filter((each) => isBad(each));
  if (bad.length > 0) {
    const release = (id: string) => releases.rows.find((each) => each.release_id === id);
    const seen = versions.rows.map((each) => ({ version: each.version_id, until: each.last_window_end }));
    return bad.slice(0, 3).map((each) => incident(context, each, release(each.release_id), actions.rows, seen));
  }
  const text = versions.rows.length > 0 ? "No release was judged bad in this time" : "Nothing is known about this time";
  return [
    h(
      "section",
      { class: `banner ${versions.rows.length > 0 ? "good" : "quiet"}` },
      h("div", { class: "headline" }, h("h1", {}, text), h("span", { class: "note" }, "of those that had a rollout; alerts stand below")),
    ),
  ];
}

function services(context: Context, versions: Answer, trend: Answer, verdicts: Answer): HTMLElement {
  const { targets } = context.session;
  const bad = new Set(verdicts.rows.filter((each) => isBad(each)).map((each) => each.candidate_version_id));
  const series = (row: Row, column: string) =>
    trend.rows.filter((each) => each.version_id === row.version_id && each.role === row.role).map((each) => each[column]);
  const name = (row: Row) => versionName(row, versions.rows);
  const spark = (row: Row, column: string, label: string) => sparkline(series(row, column), `${label} of ${name(row)} over time`);
  const state = (row: Row) => {
    if (bad.has(row.version_id)) return chip("bad", "bad");
    if (row.error_rate === null) return chip("quiet", "errors unknown");
    if (row.error_rate_low > targets.errorRate) return chip("warn", "over error target");
    if (targets.endToEndP95Ms !== null && row.end_to_end_p95_ms > targets.endToEndP95Ms) return chip("warn", "too slow");
    return chip("good", "good");
  };
  const latencyHead = targets.endToEndP95Ms === null ? "Latency p95" : `Latency p95 (target ${millis(targets.endToEndP95Ms)})`;
  return panel(
    "Versions called",
    `${time(context.from.toISOString(), true)} to ${time(context.to.toISOString())} UTC`,
    [versions, trend],
    versions.rows.length === 0
      ? empty("No calls in this time", "Choose a longer time above, or send traffic: docs/producing.md, docs/otlp.md.")
      : table(
          "Versions called",
          [
            {
              head: "Version",
              cell: (row) =>
                h("span", { title: COMPONENTS.map((each) => `${each} ${row[each]}`).join("\n") }, stacked(h("span", {}, ...name(row).split(" · ").map((each) => h("div", {}, each))), `${row.base_model} · ${row.role}`)),
            },
            { head: "State", cell: state },
            { head: "Calls", right: true, title: "a second, all in this time, and their trend", cell: (row) => h("span", { class: "trended" }, spark(row, "calls", "calls"), stacked(`${decimal(row.calls_per_second)}/s`, count(row.calls))) },
            {
              head: `Errors (target ${percent(targets.errorRate, 1)})`,
              right: true,
              title: "share of failed calls, its 95 % interval, and its trend",
              cell: (row) => h("span", { class: "trended" }, spark(row, "error_rate", "errors"), stacked(percent(row.error_rate), `${percent(row.error_rate_low, 1)} to ${percent(row.error_rate_high, 1)}`)),
            },
            { head: "Refusals", right: true, cell: (row) => percent(row.refusal_rate) },
            {
              head: latencyHead,
              right: true,
              title: "whole answer with its trend, and its first token",
              cell: (row) => h("span", { class: "trended" }, spark(row, "end_to_end_p95_ms", "latency"), stacked(millis(row.end_to_end_p95_ms), `first token ${millis(row.ttft_p95_ms)}`)),
            },
            { head: "Cost a call", right: true, cell: (row) => dollars(row.cost_usd_per_call, 5) },
            {
              head: "Complete",
              right: true,
              title: "share of calls whose status is known, and whose cost is known; calls that came late",
              cell: (row) => stacked(`status ${percent(row.status_coverage, 0)}, cost ${percent(row.cost_coverage, 0)}`, `${count(row.late_calls)} late`),
            },
            { head: "Last call", right: true, cell: (row) => stacked(time(row.last_window_end), age(row.last_window_end, context.to)) },
          ],
          versions.rows,
          (row) => (bad.has(row.version_id) ? "bad" : ""),
        ),
  );
}

function alertsPanel(context: Context, alerts: Answer): HTMLElement {
  return panel(
    "Alerts that fire",
    h("a", { href: context.link({ page: "alerts" }) }, "all alerts"),
    [alerts],
    alerts.rows.length === 0
      ? empty("Nothing fires", "Rules are in alert-rules/.")
      : table(
          "Alerts that fire",
          [
            { head: "Severity", cell: (row) => chip(SEVERE.has(row.severity) ? "bad" : "warn", row.severity) },
            { head: "Alert", cell: (row) => h("a", { href: context.link({ page: "alerts", subject: row.alert_id }) }, row.summary || row.rule_id) },
            { head: "Since", right: true, cell: (row) => time(row.onset_time, true) },
          ],
          alerts.rows.slice(0, 8),
        ),
  );
}

function nameOf(id: string, versions: Answer): string | undefined {
  const version = versions.rows.find((each) => each.version_id === id);
  return version && versionName(version, versions.rows);
}

function people(outcomes: Answer, versions: Answer): HTMLElement {
  const label = (row: Row) => nameOf(row.version_id, versions) ?? row.version_id;
  return panel(
    "What users, judges and the business say",
    "mean, 95 % interval",
    [outcomes],
    outcomes.rows.length === 0
      ? empty("No outcome is known", "Send feedback, labels or scores as outcomes: docs/producing.md.")
      : table(
          "Outcomes of versions",
          [
            { head: "Outcome", cell: (row) => stacked(row.name, row.source) },
            { head: "Version", cell: (row) => stacked(label(row), row.role) },
            { head: "Mean", right: true, cell: (row) => stacked(decimal(row.mean, 3), `± ${decimal(row.margin, 3)}`) },
            { head: "n", right: true, cell: (row) => count(row.n) },
          ],
          outcomes.rows,
        ),
  );
}

/** Quality of each version against the target, where somebody sends labels. */
function qualityPanel(context: Context, quality: Answer, versions: Answer): HTMLElement {
  const { accuracy } = context.session.targets;
  const state = (row: Row) => {
    if (row.measure !== "accuracy" || accuracy === null) return "";
    return row.upper < accuracy ? chip("bad", "below target") : row.estimate < accuracy ? chip("warn", "under target") : chip("good", "good");
  };
  return panel(
    "Quality by labels",
    accuracy === null ? "no target for accuracy is set" : `target accuracy ${percent(accuracy, 1)}`,
    [quality],
    quality.rows.length === 0
      ? empty("Quality is not known", "Send labels as outcomes; the quality job joins them: docs/quality.md.")
      : table(
          "Quality of versions",
          [
            { head: "Measure", cell: (row) => stacked(h("span", {}, row.measure.replaceAll("_", " "), " ", state(row)), row.estimated ? "estimated without labels" : `by ${row.unit || "inference"}`) },
            { head: "Version", cell: (row) => stacked(nameOf(row.version_id, versions) ?? `prompt ${row.prompt}`, row.role) },
            { head: "Estimate", right: true, title: "with its 95 % interval", cell: (row) => stacked(decimal(row.estimate, 3), `${decimal(row.lower, 3)} to ${decimal(row.upper, 3)}`) },
            { head: "Labelled", right: true, title: "inferences with a label, and their share", cell: (row) => stacked(count(row.n), percent(row.coverage, 0)) },
            { head: "Day", right: true, title: "day of the inferences, age of their labels", cell: (row) => stacked(row.cohort_day.slice(0, 10), `${row.label_age_days} days${row.final ? "" : ", not final"}`) },
          ],
          quality.rows,
        ),
  );
}

/** What the business and others say of candidates against their controls. */
function againstControl(context: Context, against: Answer): HTMLElement {
  const state = (row: Row) => (row.margin === null || Math.abs(row.difference) <= row.margin ? chip("quiet", "no difference shown") : row.difference < 0 ? chip("bad", "lower") : chip("good", "higher"));
  return panel(
    "Business and feedback against control",
    "difference of means, 95 % interval",
    [against],
    against.rows.length === 0
      ? empty("Not known", "No rollout of the last 30 days has outcomes on both of its sides in this time.")
      : table(
          "Outcomes of candidates against their controls",
          [
            { head: "Outcome", cell: (row) => stacked(row.name, row.source) },
            { head: "Release", cell: (row) => h("a", { href: context.link({ page: "release", subject: row.release_id }) }, row.release_id) },
            { head: "Candidate, control", right: true, cell: (row) => stacked(decimal(row.candidate_mean, 3), decimal(row.control_mean, 3)) },
            { head: "Difference", right: true, cell: (row) => stacked(signed(row.difference, 3), `± ${decimal(row.margin, 3)}`) },
            { head: "", cell: state },
            { head: "n", right: true, cell: (row) => stacked(count(row.candidate_n), count(row.control_n)) },
          ],
          against.rows,
        ),
  );
}

/** Features of which the latest test did not move. */
function stability(drift: Answer): string {
  const features = drift.rows.filter((row) => row.kind === "feature");
  const decided = features.filter((row) => !row.insufficient);
  if (decided.length === 0) return features.length ? "not known: not enough data" : "not known: no feature is tested";
  const largest = decided.reduce((most, row) => ((row.effect ?? 0) > (most.effect ?? 0) ? row : most));
  return `${count(decided.filter((row) => !row.moved).length)} of ${count(decided.length)} as before; most: ${largest.measure}, ${largest.effect_name} ${decimal(largest.effect, 3)}`;
}

type Glance = Record<"cost" | "retrained" | "releases" | "extent" | "drift" | "freshness", Answer>;

function tiles(context: Context, answers: Glance, verdicts: Answer): HTMLElement {
  const { cost, retrained, releases, extent, drift, freshness } = answers;
  const bad = new Set(verdicts.rows.filter((each) => isBad(each)).map((each) => each.release_id));
  const drifted = [...new Set(drift.rows.filter((each) => each.signal).map((each) => each.measure))];
  const trained = freshness.rows.map((each) => each.last_trained).filter(Boolean).sort().pop();
  const sum = (name: string) => cost.rows.reduce((total, row) => total + (row[name] ?? 0), 0);
  const before = sum("cost_usd_before");
  const last = retrained.rows[0];
  const running = releases.rows.filter((each) => each.state === "started" || each.state === "stepped");
  const data = extent.rows[0];
  return panel(
    "At a glance",
    "",
    Object.values(answers),
    h(
      "dl",
      { class: "facts" },
      fact("Spend", `${dollars(cost.rows.length ? sum("cost_usd_today") : null)} today so far, ${dollars(sum("days") > 0 ? sum("cost_usd") : null)} in the 7 days before`, before > 0 ? ` (${signedPercent(sum("cost_usd") / before - 1)} on their 7)` : ""),
      fact(
        "Rollouts under way",
        ...(running.length === 0
          ? ["none"]
          : running.flatMap((each, index) => [index ? ", " : "", h("a", { href: context.link({ page: "release", subject: each.release_id }) }, each.release_id), bad.has(each.release_id) ? " (judged bad)" : ""])),
      ),
      fact("Drift", h("a", { href: context.link({ page: "drift" }) }, drift.rows.length === 0 ? "not tested: no baseline" : drifted.length ? `${drifted.slice(0, 3).join(", ")} drifted` : `nothing, of ${drift.rows.length} tested`)),
      fact("Feature stability", h("a", { href: context.link({ page: "drift" }) }, stability(drift))),
      fact("Last trained", trained ? time(trained, true) : "not known: no baseline says so"),
      fact("Retraining last asked for", last ? `${time(last.last_retrained, true)}, ${last.target}` : "never, by the audit"),
      fact("Next scheduled", "not known: schedules live in the retraining target"),
      fact("Windows of this time", `${count(data?.windows)}, ${count(data?.provisional_windows)} still provisional`),
      fact("Calls that came late", `${count(data?.late_calls)} of ${count(data?.calls)}`),
      fact("Smallest sampled share", percent(data?.smallest_sample, 0)),
    ),
  );
}
