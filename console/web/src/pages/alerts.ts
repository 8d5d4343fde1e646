/** Alerts that stand and that stood, and everything about one of them. */
import { h } from "../dom";
import type { Answer, Row } from "../api";
import type { Context } from "../context";
import { count, duration, evidence, measured, time } from "../format";
import { chip, empty, fact, panel, stacked, table } from "../parts";
import { auditPanel } from "./release";

export const SEVERE = new Set(["critical", "page"]);
const STATES: Record<string, "bad" | "warn" | "good" | "quiet"> = { firing: "bad", pending: "warn", resolved: "good" };

export async function alerts(context: Context): Promise<HTMLElement[]> {
  const [answer, recovery, silences] = await Promise.all([context.ask("alerts", { state: context.selection.filter, limit: 200 }), context.ask("recovery"), context.ask("silences")]);
  const chosen = answer.rows.find((row) => row.alert_id === context.selection.subject);
  const detail = chosen ? await about(context, chosen) : [];
  return [...detail, list(context, answer), h("div", { class: "columns two" }, silencesPanel(context, silences), howFast(recovery))];
}

function silencesPanel(context: Context, silences: Answer): HTMLElement {
  const state = (row: Row) => {
    if (row.revoked) return chip("quiet", "taken back");
    return Date.parse(row.ends_time) <= context.to.getTime() ? chip("quiet", "over") : chip("warn", "holds");
  };
  const about = (row: Row) =>
    [row.rule_id && `rule ${row.rule_id}`, row.alert_id && `alert ${row.alert_id}`, row.tenant && `tenant ${row.tenant}`, row.version_id && `version ${row.version_id}`, row.intent && `intent ${row.intent}`].filter(Boolean).join(", ");
  return panel(
    "Silences",
    "and acknowledgements, of this time",
    [silences],
    silences.rows.length === 0
      ? empty("Nothing was silenced", "./tidemark silence --rule RULE --reason TEXT silences alerts; ./tidemark alerts ack takes one in hand.")
      : table(
          "Silences",
          [
            { head: "State", cell: (row) => stacked(state(row), row.kind) },
            { head: "Silences", cell: (row) => stacked(about(row), row.reason) },
            { head: "By", cell: (row) => row.actor },
            { head: "From, until", right: true, cell: (row) => stacked(time(row.starts_time, true), time(row.ends_time, true)) },
          ],
          silences.rows,
        ),
  );
}

function howFast(recovery: Answer): HTMLElement {
  return panel(
    "How fast faults were found and mended",
    "decisions of this time",
    [recovery],
    recovery.rows.length === 0
      ? empty("No decision in this time", "Consumers decide on alerts that ask for an action: docs/alerts.md.")
      : table(
          "Times of decisions",
          [
            { head: "Kind", cell: (row) => stacked(row.kind, row.tenant || "all tenants") },
            { head: "Decisions", right: true, cell: (row) => stacked(count(row.decisions), `${count(row.done)} done, ${count(row.refused)} refused`) },
            { head: "Found after (mean)", right: true, title: "from the onset to the firing alert", cell: (row) => stacked(duration(row.mean_detect_ms), `median ${duration(row.median_detect_ms)}`) },
            { head: "Acted in (mean)", right: true, title: "from the alert to the answer of the target", cell: (row) => duration(row.mean_act_ms) },
            { head: "Recovered after (mean)", right: true, title: "from the onset until the measures were back", cell: (row) => stacked(duration(row.mean_recover_ms), `median ${duration(row.median_recover_ms)}, of ${count(row.recovered)}`) },
          ],
          recovery.rows,
        ),
  );
}

function list(context: Context, answer: Answer): HTMLElement {
  const filters = ["", "firing", "pending", "suppressed", "resolved", "expired"].map((state) =>
    h("a", { href: context.link({ page: "alerts", filter: state }), "aria-current": state === context.selection.filter ? "true" : undefined }, state || "all"),
  );
  return panel(
    "Alerts",
    h("span", {}, ...filters.flatMap((each, index) => (index ? [" · ", each] : [each]))),
    [answer],
    answer.rows.length === 0
      ? empty("No alert in this time", "Try the chain: ./tidemark alerts test.")
      : table(
          "Alerts",
          [
            { head: "State", cell: (row) => h("span", {}, chip(STATES[row.state] ?? "quiet", row.state), " ", chip(SEVERE.has(row.severity) ? "bad" : "warn", row.severity)) },
            { head: "Alert", cell: (row) => stacked(h("a", { href: context.link({ page: "alerts", subject: row.alert_id, filter: context.selection.filter }) }, row.summary || row.rule_id), row.rule_id) },
            { head: "About", cell: (row) => stacked(row.tenant || "all tenants", [row.prompt, row.intent, row.role].filter(Boolean).join(" · ")) },
            { head: "Observed", right: true, cell: (row) => (row.measure.length ? stacked(measured(row.measure[0], row.observed[0]), row.measure[0]) : "–") },
            { head: "Since", right: true, cell: (row) => time(row.onset_time, true) },
            { head: "Last change", right: true, cell: (row) => time(row.event_time) },
          ],
          answer.rows,
          (row) => (row.state === "firing" ? "bad" : ""),
        ),
  );
}

async function about(context: Context, row: Row): Promise<HTMLElement[]> {
  const [states, actions] = await Promise.all([
    context.askAtAnyTime("alert-states", { alert: row.alert_id }),
    context.ask("actions", { alert: row.alert_id }),
  ]);
  const measures = row.measure.map((measure: string, index: number) => ({ measure, index }));
  const exemplars: string[] = row.exemplar_trace_ids.flat();
  const ended = row.resolved_time;
  return [
    panel(
      row.summary || row.rule_id,
      chip(STATES[row.state] ?? "quiet", row.state),
      [states],
      h(
        "dl",
        { class: "facts" },
        fact("Began", `${time(row.onset_time, true)} UTC`),
        fact("Fired", row.fired_time ? `${time(row.fired_time)}, after ${duration(Date.parse(row.fired_time) - Date.parse(row.onset_time))}` : "not yet"),
        fact("Ended", ended ? `${time(ended)}, after ${duration(Date.parse(ended) - Date.parse(row.onset_time))}` : "not yet"),
        fact("Asks for", row.action ?? "nothing"),
        fact("Comes from", row.attribution ?? "not attributed"),
        fact("Taken by", row.acknowledged_by ?? "nobody"),
        fact("Silenced", row.silence_id ?? "no"),
        fact("Runbook", row.runbook || "none"),
        row.release_id ? fact("Release", h("a", { href: context.link({ page: "release", subject: row.release_id }) }, row.release_id)) : null,
        fact("Example traces", ...(exemplars.length ? exemplars.map((id) => h("a", { href: context.link({ page: "traces", subject: id }) }, `${id} `)) : ["none"])),
      ),
      table(
        "Evidence",
        [
          { head: "Evidence", cell: (each: Row) => each.measure },
          { head: "Observed", right: true, cell: (each: Row) => measured(each.measure, row.observed[each.index]) },
          { head: "Expected", right: true, cell: (each: Row) => measured(each.measure, row.expected[each.index]) },
          { head: "Lies in", right: true, cell: (each: Row) => `${measured(each.measure, row.lower[each.index])} to ${measured(each.measure, row.upper[each.index])}` },
          { head: "Evidence / needed", right: true, cell: (each: Row) => `${evidence(row.e_value[each.index])} / ${evidence(row.threshold[each.index])}` },
          { head: "n", right: true, cell: (each: Row) => count(row.n[each.index]) },
        ],
        measures,
      ),
    ),
    h(
      "div",
      { class: "columns" },
      panel(
        "Lifecycle",
        "",
        [states],
        table(
          "States",
          [
            { head: "Time", cell: (each) => time(each.event_time) },
            { head: "State", cell: (each) => chip(STATES[each.state] ?? "quiet", each.state) },
            { head: "Why", cell: (each) => each.reason },
          ],
          states.rows,
        ),
      ),
      auditPanel(actions),
    ),
  ];
}
