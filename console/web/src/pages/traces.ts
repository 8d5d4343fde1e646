/** Inferences: find them, and see where the time of one went and what its producer did not say. */
import { h, svg } from "../dom";
import type { Answer, Row } from "../api";
import type { Context } from "../context";
import { count, dollars, millis, time } from "../format";
import { chip, empty, fact, panel, stacked, table, wideFact } from "../parts";

const STATUSES = ["", "ok", "error", "timeout", "cancelled", "unknown"];

export async function traces(context: Context): Promise<HTMLElement[]> {
  const { subject, filter } = context.selection;
  const [list, one] = await Promise.all([
    context.ask("traces", { status: filter, limit: 50 }),
    subject ? context.askAtAnyTime("trace", { trace: subject }) : Promise.resolve(null),
  ]);
  return [search(context), ...(one ? details(one, subject) : []), found(context, list)];
}

function search(context: Context): HTMLElement {
  const go = (change: { subject?: string; filter?: string }) => {
    location.hash = context.link({ page: "traces", subject: context.selection.subject, filter: context.selection.filter, ...change });
  };
  const input = h("input", { name: "trace", size: 36, value: context.selection.subject, maxlength: 256 });
  const status = h(
    "select",
    { change: (event) => go({ filter: (event.target as HTMLSelectElement).value }) },
    ...STATUSES.map((each) => h("option", { value: each, selected: each === context.selection.filter }, each || "any")),
  );
  return h(
    "form",
    {
      class: "filters",
      submit: (event) => {
        event.preventDefault();
        go({ subject: input.value.trim() });
      },
    },
    h("label", {}, "Trace id", input),
    h("button", { type: "submit" }, "Find"),
    h("label", {}, "Status of the list", status),
  );
}

function found(context: Context, list: Answer): HTMLElement {
  return panel(
    "Inferences",
    `${list.rows.length}${list.next === null ? "" : " latest"} of this time; prompts and answers are not shown`,
    [list],
    list.rows.length === 0
      ? empty("No inference in this time", "Choose a longer time above, or another status.")
      : table(
          "Inferences",
          [
            { head: "Time", cell: (row) => time(row.event_time) },
            { head: "Trace", cell: (row) => h("a", { href: context.link({ page: "traces", subject: row.trace_id, filter: context.selection.filter }) }, row.trace_id) },
            { head: "Status", cell: (row) => stacked(chip(row.status === "ok" ? "good" : "bad", row.status), row.error_class ?? "") },
            { head: "Version", cell: (row) => stacked(row.prompt, row.role) },
            { head: "Tenant", cell: (row) => stacked(row.tenant, row.intent) },
            { head: "First token", right: true, cell: (row) => millis(row.ttft_ms) },
            { head: "Whole", right: true, cell: (row) => millis(row.end_to_end_ms) },
            { head: "Tokens", right: true, cell: (row) => stacked(count(row.input_tokens), count(row.output_tokens)) },
            { head: "Cost", right: true, cell: (row) => dollars(row.cost_usd, 5) },
          ],
          list.rows,
          (row) => (row.status === "ok" ? "" : "bad"),
        ),
  );
}

function details(one: Answer, id: string): HTMLElement[] {
  if (one.rows.length === 0) return [panel(`Trace ${id}`, "", [one], empty("No such trace", "It is not stored, too old, or of a tenant that the token does not open."))];
  return one.rows.map((row) => {
    const unknown = Object.entries(row).flatMap(([name, value]) => (value === null || value === "unknown" ? [name] : []));
    return panel(
      `Trace ${id}`,
      chip(row.status === "ok" ? "good" : "bad", row.status),
      [one],
      h(
        "dl",
        { class: "facts" },
        fact("When", `${time(row.event_time, true)} UTC`),
        fact("Version", `${row.base_model}, prompt ${row.prompt}, ${row.role}`),
        fact("Tenant, intent", `${row.tenant}, ${row.intent}`),
        fact("Outcome", `${row.status}${row.http_status ? ` ${row.http_status}` : ""}${row.error_class ? `, ${row.error_class}` : ""}`),
        fact("First token, whole", `${millis(row.ttft_ms)}, ${millis(row.end_to_end_ms)}`),
        fact("Tokens in, out, cached", `${count(row.input_tokens)}, ${count(row.output_tokens)}, ${count(row.cached_tokens)}`),
        fact("Cost", dollars(row.cost_usd, 5)),
        wideFact("What was unknown", unknown.length ? unknown.join(", ") : "nothing"),
      ),
      waterfall(row),
    );
  });
}

function waterfall(row: Row): HTMLElement {
  const spans = row.spans_start.map((start: string, index: number) => ({
    name: `${row.spans_name[index]}`,
    kind: row.spans_kind[index],
    start: Date.parse(start),
    ms: row.spans_ms[index] as number | null,
    ok: row.spans_ok[index] as boolean | null,
  }));
  if (spans.length === 0) return empty("No steps were sent with this trace", "Spans of kind llm, tool, retrieval and so on show here.");
  const begin = Math.min(...spans.map((each: { start: number }) => each.start));
  const end = Math.max(...spans.map((each: { start: number; ms: number | null }) => each.start + (each.ms ?? 0)), begin + 1);
  return h(
    "div",
    { class: "waterfall", role: "group", "aria-label": "Steps of the trace over time" },
    ...spans.flatMap((each: { name: string; kind: string; start: number; ms: number | null; ok: boolean | null }) => [
      stacked(each.name, each.kind),
      svg(
        "svg",
        { viewBox: "0 0 1000 14", preserveAspectRatio: "none", role: "img", "aria-label": `${each.name}, ${millis(each.ms)}${each.ok === false ? ", failed" : ""}` },
        svg("rect", {
          x: (1000 * (each.start - begin)) / (end - begin),
          width: Math.max(3, (1000 * (each.ms ?? 0)) / (end - begin)),
          height: 14,
          class: each.ok === false ? "failed" : each.ms === null ? "unknown" : "",
        }),
      ),
      h("span", { class: "right" }, millis(each.ms)),
    ]),
  );
}
