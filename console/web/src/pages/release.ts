/** One rollout: where it stands, how its candidate compares, and what happened around it. */
import { h } from "../dom";
import type { Answer, Row } from "../api";
import { chart, type Line, type Mark } from "../charts";
import { seconds, type Context } from "../context";
import { count, decimal, evidence, measured, measureName, percent, time } from "../format";
import { attribution, candidateName, controlName, incident, isBad, wasDryRun, type Seen } from "../incident";
import { rollbackButton } from "../rollback";
import { chip, empty, fact, panel, stacked, table } from "../parts";

const PHASES: Record<string, "good" | "bad" | "warn" | "quiet"> = {
  done: "good",
  verified: "good",
  refused: "warn",
  failed: "bad",
  escalated: "bad",
};

export function stateChip(state: string): HTMLElement {
  const kinds: Record<string, "bad" | "good" | "warn"> = { rolled_back: "bad", aborted: "bad", promoted: "good", started: "warn", stepped: "warn" };
  return chip(kinds[state] ?? "quiet", state.replace("_", " "));
}

export async function release(context: Context): Promise<HTMLElement[]> {
  const releases = await context.askAtAnyTime("releases", { to: context.to.toISOString() });
  const id = context.selection.subject || releases.rows[0]?.release_id;
  const list = rollouts(context, releases, id);
  if (!id) return [list];
  const chosen = releases.rows.find((each) => each.release_id === id);
  const [verdicts, actions, changes, trend] = await Promise.all([
    context.ask("verdicts", { release: id, limit: 1000 }),
    context.ask("actions", { release: id }),
    context.ask("changes", { release: id }),
    context.ask("trend", { window: context.window() }),
  ]);
  const latest = verdicts.rows[0];
  const detail = chosen ? [ladder(context, chosen, latest, releases, wasDryRun(actions.rows, id))] : [];
  if (!latest) {
    return [...detail, panel("Guardrails", "", [verdicts], empty("No verdict in this time", "The canary job speaks every 5 minutes while both versions have traffic.")), list];
  }
  const bad = verdicts.rows.find((each) => isBad(each));
  const marks = marksOf(changes);
  return [
    ...(bad ? [incident(context, bad, chosen, actions.rows, lastWindows(context, trend))] : []),
    ...detail,
    guardrails(bad ?? latest, verdicts),
    h("div", { class: "columns" }, evidencePanel(context, verdicts, marks), intervalPanel(context, bad ?? latest, verdicts, marks), errorsPanel(context, latest, trend, marks)),
    h("div", { class: "columns" }, changePanel(changes), auditPanel(actions)),
    list,
  ];
}

/** Ends of the last windows in which versions had calls. */
function lastWindows(context: Context, trend: Answer): Seen[] {
  return trend.rows
    .filter((row) => row.calls > 0)
    .map((row) => ({ version: row.version_id, until: new Date(Date.parse(row.window_start) + 1000 * context.window()).toISOString() }));
}

function rollouts(context: Context, releases: Answer, chosen: string | undefined): HTMLElement {
  return panel(
    "Rollouts",
    "",
    [releases],
    releases.rows.length === 0
      ? empty("No rollout is known", "Start one: ./tidemark release start (docs/releases.md).")
      : table(
          "Rollouts",
          [
            {
              head: "Release",
              cell: (row) =>
                h(
                  "a",
                  { href: context.link({ page: "release", subject: row.release_id }), "aria-current": row.release_id === chosen ? "true" : undefined },
                  row.release_id,
                ),
            },
            { head: "State", cell: (row) => stateChip(row.state) },
            { head: "Candidate", cell: (row) => candidateName(row, row) },
            { head: "For", cell: (row) => (row.tenant === "*" ? "all tenants" : row.tenant) },
            { head: "Started", right: true, cell: (row) => time(row.started, true) },
            { head: "Last change", right: true, cell: (row) => stacked(time(row.changed, true), row.actor) },
          ],
          releases.rows,
        ),
  );
}

function ladder(context: Context, row: Row, latest: Row | undefined, releases: Answer, dryRun: boolean): HTMLElement {
  const judgedBad = latest !== undefined && isBad(latest);
  const over = row.state === "rolled_back" || row.state === "aborted" || judgedBad;
  const mayRollBack = context.session.mayRollBack && ["started", "stepped", "promoted"].includes(row.state);
  const step = (index: number) => (index < row.step || row.state === "promoted" ? "done" : index > row.step ? "" : over ? "stopped" : "now");
  return panel(
    `Release ${row.release_id}`,
    h("span", {}, stateChip(row.state), dryRun && " as a dry run: the target was not changed", judgedBad && row.state !== "rolled_back" ? " judged bad; its rollout was not ended" : "", mayRollBack && " ", mayRollBack && rollbackButton(row.release_id)),
    [releases],
    h(
      "ol",
      { class: "ladder", "aria-label": "Steps of the rollout" },
      ...row.ladder.map((share: number, index: number) =>
        h("li", { class: step(index), "aria-current": step(index) === "now" ? "step" : undefined }, `${share} %${step(index) === "stopped" ? " stopped at this step" : ""}`),
      ),
    ),
    h(
      "dl",
      { class: "facts" },
      fact("Candidate", candidateName(row, row)),
      fact("Control", controlName(row)),
      fact("Share of the calls", percent(latest?.share, 1)),
      fact("Target", `${row.target_adapter ?? "none"}: ${row.target ?? "none"}`),
      fact("By", row.actor),
    ),
  );
}

function guardrails(verdict: Row, verdicts: Answer): HTMLElement {
  const rows = verdict.measure.map((measure: string, index: number) => {
    const at = (name: string) => verdict[name][index];
    return { measure, finding: at("finding"), observed: at("observed"), expected: at("expected"), lower: at("lower"), upper: at("upper"), e: at("e_value"), threshold: at("threshold"), mix: at("mix_effect"), n: at("candidate_n"), m: at("control_n") };
  });
  const kinds: Record<string, "bad" | "good" | "quiet"> = { regressed: "bad", hard_limit: "bad", healthy: "good" };
  return panel(
    "Guardrails",
    `verdict ${verdict.verdict} at ${time(verdict.event_time)}: ${verdict.reason}`,
    [verdicts],
    table(
      "Candidate against control by guardrail",
      [
        { head: "Measure", cell: (row: Row) => stacked(row.measure, measureName(row.measure) === row.measure ? "" : measureName(row.measure)) },
        { head: "Finding", cell: (row: Row) => chip(kinds[row.finding] ?? "quiet", row.finding.replace("_", " ")) },
        { head: "Candidate", right: true, cell: (row: Row) => measured(row.measure, row.observed) },
        { head: "Control", right: true, cell: (row: Row) => measured(row.measure, row.expected) },
        { head: "Candidate lies in", right: true, title: "confidence sequence: holds at every moment of the rollout", cell: (row: Row) => `${measured(row.measure, row.lower)} to ${measured(row.measure, row.upper)}` },
        { head: "Evidence, and needed", right: true, title: "that the candidate is worse than tolerated", cell: (row: Row) => stacked(`${evidence(row.e)}, ${evidence(row.threshold)}`, meter(row.e, row.threshold)) },
        { head: "Mix effect", right: true, title: "part of the raw difference that the mix of tenants explains", cell: (row: Row) => (row.measure.startsWith("cost") ? decimal(row.mix, 3) : percent(row.mix)) },
        { head: "Compared", right: true, title: "sessions, or calls without one, of the candidate and of the control", cell: (row: Row) => stacked(count(row.n), count(row.m)) },
      ],
      rows,
      (row: Row) => (kinds[row.finding] === "bad" ? "bad" : ""),
    ),
    h(
      "p",
      { class: "note" },
      "Evidence: how many times as likely the calls are if the candidate is worse than tolerated than if it is not; it is enough at the needed value, whenever one looks; bars are logarithmic. ",
      "Mix effect: the part of the difference that comes from other tenants calling. Compared: sessions, or calls without one, of the candidate and of the control.",
    ),
    verdict.attribution && h("p", { class: "note" }, `The regression comes from ${attribution(verdict.attribution, verdict.attribution_advice)}.`),
  );
}

/** How far evidence has come on a logarithmic scale. */
function meter(value: number | null, threshold: number | null): Node {
  const share = value === null || threshold === null ? 0 : Math.max(0, Math.min(1, Math.log(Math.max(1, value)) / Math.log(threshold)));
  const element = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  element.setAttribute("class", share >= 1 ? "meter over" : "meter");
  element.setAttribute("aria-hidden", "true");
  const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  bar.setAttribute("width", String(120 * share));
  bar.setAttribute("height", "8");
  element.append(bar);
  return element;
}

function column(verdicts: Answer, name: string, index: number): Map<number, number | null> {
  return new Map([...verdicts.rows].reverse().map((row) => [seconds(row.event_time), row[name][index] ?? null]));
}

/** Colours of lines that are no fault. */
const OTHERS = ["control", "other-1", "other-2", "other-3"] as const;

function evidencePanel(context: Context, verdicts: Answer, marks: Mark[]): HTMLElement {
  const first = verdicts.rows[0]!;
  const lines: Line[] = first.measure.map((measure: string, index: number) => ({
    label: measure,
    color: first.finding[index] === "regressed" || first.finding[index] === "hard_limit" ? "bad" : OTHERS[index % OTHERS.length]!,
    points: new Map([...column(verdicts, "e_value", index)].map(([at, value]) => [at, value === null ? null : Math.max(value, 0.01)])),
  }));
  const needed = Math.min(...first.threshold.filter((each: number | null) => each !== null));
  lines.push({ label: `enough (${evidence(needed)})`, color: "bad", dashed: true, points: column(verdicts, "threshold", first.threshold.indexOf(needed)) });
  return panel("Evidence against the candidate", "times as likely if it is worse than tolerated; logarithmic", [verdicts], chart("Evidence", lines, evidence, [context.from, context.to], { marks, logarithmic: true }));
}

function intervalPanel(context: Context, verdict: Row, verdicts: Answer, marks: Mark[]): HTMLElement {
  const index = Math.max(0, verdict.finding.findIndex((each: string) => each === "regressed" || each === "hard_limit"));
  const measure = verdict.measure[index];
  const lines: Line[] = [
    { label: "", color: "candidate", dashed: true, points: column(verdicts, "upper", index) },
    { label: "", color: "candidate", dashed: true, points: column(verdicts, "lower", index) },
    { label: "candidate, with its bounds", color: "candidate", points: column(verdicts, "observed", index) },
    { label: "control", color: "control", points: column(verdicts, "expected", index) },
  ];
  // the band lies between the first two lines
  return panel(`Candidate and control: ${measure}`, "confidence sequence", [verdicts], chart(measure, lines, (value) => measured(measure, value), [context.from, context.to], { marks, band: true }));
}

function errorsPanel(context: Context, verdict: Row, trend: Answer, marks: Mark[]): HTMLElement {
  const line = (version: string, label: string, color: "candidate" | "control"): Line => {
    const rows = trend.rows.filter((row) => row.version_id === version);
    const role = rows.some((row) => row.role === "canary") && color === "candidate" ? "canary" : "production";
    return { label, color, points: new Map(rows.filter((row) => row.role === role).map((row) => [seconds(row.window_start), row.error_rate])) };
  };
  const lines = [line(verdict.candidate_version_id, "candidate", "candidate"), line(verdict.control_version_id, "control", "control")];
  return panel(
    "Share of failed calls",
    "each window",
    [trend],
    lines.every((each) => each.points.size === 0)
      ? empty("No calls in this time", "Choose a longer time above.")
      : chart("Share of failed calls", lines, (value) => percent(value, 1), [context.from, context.to], { marks }),
  );
}

function describe(row: Row): string {
  if (row.change_subject) return `${(row.change_kind ?? "change").replace("_", " ")} ${row.change_subject}`;
  return `${row.release_id} ${(row.state ?? "").replace("_", " ")}`;
}

function marksOf(changes: Answer): Mark[] {
  return [...changes.rows].reverse().map((row) => seconds(row.event_time));
}

function changePanel(changes: Answer): HTMLElement {
  return panel(
    "What changed in this time",
    "the numbers are those in the charts",
    [changes],
    changes.rows.length === 0
      ? empty("No change is recorded", "Record one: ./tidemark release change.")
      : table(
          "Changes",
          [
            { head: "Time", cell: (row) => h("span", {}, h("b", {}, String(changes.rows.length - changes.rows.indexOf(row))), ` ${time(row.event_time)}`) },
            { head: "Change", cell: (row) => stacked(describe(row), row.change_before ? `${row.change_before} to ${row.change_after}` : `step ${row.step ?? 0}`) },
            { head: "By", cell: (row) => row.actor },
          ],
          changes.rows,
        ),
  );
}

export function auditPanel(actions: Answer): HTMLElement {
  return panel(
    "What was done",
    "audit of the consumers",
    [actions],
    actions.rows.length === 0
      ? empty("Nothing was done", "Consumers act on alerts that fire: docs/alerts.md.")
      : table(
          "Actions",
          [
            { head: "Time", cell: (row) => time(row.recorded_time) },
            { head: "Action", cell: (row) => stacked(h("span", {}, row.dry_run && row.phase === "done" ? chip("quiet", "done as a dry run") : chip(PHASES[row.phase] ?? "quiet", row.phase.replace("_", " ")), ` ${row.kind}`), row.reason ?? "") },
            { head: "Target", cell: (row) => stacked(row.target, row.dry_run ? `${row.adapter}, dry run` : row.adapter) },
            { head: "By", cell: (row) => row.actor },
          ],
          actions.rows,
        ),
  );
}
