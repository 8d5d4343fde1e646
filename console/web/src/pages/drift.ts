/** What moved away from its baseline: where, how far, and which slice explains which. */
import { h, svg } from "../dom";
import type { Answer, Row } from "../api";
import { chart, type Line } from "../charts";
import { seconds, type Context } from "../context";
import { count, decimal, percent, time } from "../format";
import { chip, empty, fact, panel, stacked, table, wideFact } from "../parts";

const slice = (row: Row): string =>
  [row.tenant || "all tenants", row.prompt, row.intent, row.role].filter(Boolean).join(" · ");

export async function drift(context: Context): Promise<HTMLElement[]> {
  const tests = await context.ask("drift", { limit: 200 });
  const chosen = tests.rows.find((row) => row.measure === context.selection.subject) ?? tests.rows[0];
  if (!chosen) {
    return [panel("Drift", "", [tests], empty("No drift test in this time", "Make a baseline: ./tidemark baseline create; tests then come with each window."))];
  }
  const trend = await context.ask("drift-trend", {
    measure: chosen.measure,
    version: chosen.version_id,
    tenant: chosen.tenant || context.selection.tenant,
  });
  const rows = tests.rows.filter((row) => row.measure === chosen.measure);
  return [
    summary(tests),
    about(context, chosen, tests),
    h("div", { class: "columns" }, shares(chosen, tests), overTime(context, chosen, trend), slices(rows, tests)),
    list(context, tests, chosen),
  ];
}

function summary(tests: Answer): HTMLElement {
  const signals = tests.rows.filter((row) => row.signal);
  const names = [...new Set(signals.map((row) => row.measure))];
  const [kind, text] = signals.length ? ["bad", `${names.slice(0, 3).join(", ")} drifted`] : ["good", "Nothing drifted in this time"];
  return h(
    "section",
    { class: `banner ${kind}` },
    h("div", { class: "headline" }, h("h1", {}, text), h("span", { class: "note" }, `${count(tests.rows.length)} measures and slices were tested, ${count(tests.rows.filter((row) => row.insufficient).length)} without enough data`)),
  );
}

function state(row: Row): HTMLElement {
  if (row.insufficient) return chip("quiet", "not enough data");
  if (row.signal) return chip("bad", "drifted");
  return row.moved ? chip("warn", "moved") : chip("good", "as before");
}

function about(context: Context, row: Row, tests: Answer): HTMLElement {
  return panel(
    row.measure,
    state(row),
    [tests],
    h(
      "dl",
      { class: "facts" },
      fact("Slice", slice(row)),
      fact("Window", `${time(row.window_start, true)} UTC, ${decimal(row.window_seconds / 60)} min`),
      fact(`Effect (${row.effect_name})`, decimal(row.effect, 3), row.effect_limit === null ? "" : `, limit ${decimal(row.effect_limit, 3)}`),
      fact("Chance of it without drift", row.q_value === null ? "not known" : `q ${row.q_value.toPrecision(2)}, p ${row.p_value?.toPrecision(2) ?? "not known"}`),
      fact("Rests on", `${count(row.n)} against ${count(row.n_baseline)} of baseline ${row.baseline_id}`),
      fact("Explained by", row.explained_by ?? (row.signal ? "itself: no higher slice explains it" : "nothing to explain")),
      row.insufficient ? wideFact("Not decided", row.insufficient) : null,
      row.exemplar_trace_ids.length ? wideFact("Example traces", ...row.exemplar_trace_ids.slice(0, 8).map((id: string) => h("a", { href: context.link({ page: "traces", subject: id }) }, `${id} `))) : null,
      row.topics.length ? wideFact("Topics", row.topics.join("; ")) : null,
    ),
  );
}

/** Baseline and window laid over each other, bin by bin. */
function shares(row: Row, tests: Answer): HTMLElement {
  const top = Math.max(...row.baseline, ...row.current, 1e-9);
  return panel(
    "Baseline and window",
    h("span", { class: "legend" }, h("span", {}, h("i", { class: "control" }), "baseline"), h("span", {}, h("i", { class: "candidate" }), "window")),
    [tests],
    row.bins.length === 0
      ? empty("This measure has no bins", "Distances of embeddings have none.")
      : h(
          "div",
          { class: "waterfall bins", role: "group", "aria-label": "Share of each bin" },
          ...row.bins.flatMap((bin: string, index: number) => [
            h("span", {}, bin),
            svg(
              "svg",
              { viewBox: "0 0 1000 14", preserveAspectRatio: "none", role: "img", "aria-label": `${bin}: baseline ${percent(row.baseline[index], 1)}, window ${percent(row.current[index], 1)}` },
              svg("rect", { x: 0, y: 1, height: 6, width: (1000 * row.baseline[index]) / top }),
              svg("rect", { x: 0, y: 7, height: 6, width: (1000 * row.current[index]) / top, class: "failed" }),
            ),
            h("span", { class: "right" }, percent(row.current[index], 1)),
          ]),
        ),
  );
}

function overTime(context: Context, row: Row, trend: Answer): HTMLElement {
  const same = trend.rows.filter((each) => slice(each) === slice(row) && each.window_seconds === row.window_seconds && each.kind === row.kind);
  const points = (column: string) => new Map<number, number | null>(same.map((each) => [seconds(each.window_start), each[column]]));
  const lines: Line[] = [{ label: row.effect_name || "effect", color: "control", points: points("effect") }];
  if (same.some((each) => each.effect_limit !== null)) lines.push({ label: "limit", color: "bad", dashed: true, points: points("effect_limit") });
  return panel("Effect over time", slice(row), [trend], chart(row.measure, lines, (value) => decimal(value, 3), [context.from, context.to]));
}

function slices(rows: Row[], tests: Answer): HTMLElement {
  return panel(
    "Which slice explains which",
    "",
    [tests],
    table(
      "Slices",
      [
        { head: "Slice", cell: (row) => stacked(slice(row), row.slice_level) },
        { head: "State", cell: state },
        { head: "Effect", right: true, cell: (row) => decimal(row.effect, 3) },
        { head: "Explained by", cell: (row) => row.explained_by ?? "–" },
      ],
      rows,
    ),
  );
}

function list(context: Context, tests: Answer, chosen: Row): HTMLElement {
  return panel(
    "Measures",
    "latest test of each measure and slice",
    [tests],
    table(
      "Measures",
      [
        { head: "Measure", cell: (row) => stacked(h("a", { href: context.link({ page: "drift", subject: row.measure }), "aria-current": row.measure === chosen.measure ? "true" : undefined }, row.measure), row.kind.replace("_", " ")) },
        { head: "Slice", cell: (row) => slice(row) },
        { head: "State", cell: state },
        { head: "Effect", right: true, cell: (row) => stacked(decimal(row.effect, 3), row.effect_name) },
        { head: "q", right: true, cell: (row) => (row.q_value === null ? "–" : row.q_value.toPrecision(2)) },
        { head: "n", right: true, cell: (row) => stacked(count(row.n), count(row.n_baseline)) },
        { head: "Window", right: true, cell: (row) => time(row.window_start, true) },
      ],
      tests.rows,
      (row) => (row.signal ? "bad" : ""),
    ),
  );
}
