/** What every page is made of: panels with their SQL, tables, marks of state, and what is shown when there is nothing to show. */
import { h, type Child } from "./dom";
import { Refused, type Answer } from "./api";

export function chip(kind: "bad" | "warn" | "good" | "quiet", text: string): HTMLElement {
  return h("span", { class: `chip ${kind}` }, text);
}

/** A panel whose numbers come from the given answers; its button shows the statements. */
export function panel(title: string, note: Child, answers: Answer[], ...children: Child[]): HTMLElement {
  const statements = h(
    "div",
    { class: "sql", hidden: true },
    ...answers.map((answer) => h("figure", {}, h("figcaption", {}, answer.title), h("pre", { tabindex: 0 }, answer.sql))),
  );
  const button = h(
    "button",
    {
      type: "button",
      class: "plain",
      "aria-expanded": "false",
      "aria-label": `Show SQL of ${title}`,
      click: () => {
        statements.hidden = !statements.hidden;
        button.setAttribute("aria-expanded", String(!statements.hidden));
      },
    },
    "SQL",
  );
  return h(
    "section",
    { class: "panel", "data-panel": title },
    h("header", {}, h("h2", {}, title), h("span", { class: "note" }, note), answers.length > 0 && button),
    statements,
    ...children,
  );
}

export interface Column<R> {
  head: string;
  cell: (row: R) => Child;
  right?: boolean;
  title?: string;
}

export function table<R>(caption: string, columns: Column<R>[], rows: R[], mark?: (row: R) => string): HTMLElement {
  const align = (column: Column<R>) => (column.right ? "right" : undefined);
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", { class: "hidden" }, caption),
      h("thead", {}, h("tr", {}, ...columns.map((each) => h("th", { scope: "col", class: align(each), title: each.title }, each.head)))),
      h(
        "tbody",
        {},
        ...rows.map((row) =>
          h("tr", { class: mark?.(row) }, ...columns.map((each) => h("td", { class: align(each) }, each.cell(row)))),
        ),
      ),
    ),
  );
}

export function empty(what: string, next: string): HTMLElement {
  return h("div", { class: "state empty" }, h("strong", {}, what), h("span", {}, next));
}

export function loading(): HTMLElement {
  return h("div", { class: "state loading", role: "status" }, h("span", { class: "bar" }), "asking ClickHouse …");
}

export function failure(error: unknown): HTMLElement {
  const status = error instanceof Refused ? error.status : -1;
  const advice: Record<number, string> = {
    0: "Is it still running? The page tries again by itself.",
    401: "Open the address that `./tidemark up` prints, or enter a token.",
    403: "Choose another tenant, or use another token.",
    422: "Choose a shorter time, or one tenant.",
    503: "The page tries again by itself.",
  };
  return h(
    "div",
    { class: "state error", role: "alert" },
    h("strong", {}, error instanceof Error ? error.message : String(error)),
    h("span", {}, advice[status] ?? ""),
  );
}

/** A value with a small second line. */
export function stacked(first: Child, second: Child): HTMLElement {
  return h("span", { class: "stacked" }, first, h("small", {}, second));
}

/** A fact that takes a line of its own. */
export function wideFact(name: string, ...value: Child[]): HTMLElement {
  const element = fact(name, ...value);
  element.classList.add("wide");
  return element;
}

export function fact(name: string, ...value: Child[]): HTMLElement {
  return h("div", { class: "fact" }, h("dt", {}, name), h("dd", {}, ...value));
}
