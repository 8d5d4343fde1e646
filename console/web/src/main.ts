/** Frame of all pages: navigation, selection, and the round that keeps them fresh. */
import "./style.css";
import { adoptToken, ask, hasToken, Refused, session, setToken, type Session } from "./api";
import { forget } from "./charts";
import { Context, type Page } from "./context";
import { h } from "./dom";
import { time } from "./format";
import { failure, loading } from "./parts";
import { alerts } from "./pages/alerts";
import { board } from "./pages/board";
import { cost } from "./pages/cost";
import { drift } from "./pages/drift";
import { release } from "./pages/release";
import { traces } from "./pages/traces";
import { link, RANGES, read, type Selection } from "./selection";

const PAGES: Record<string, [string, Page]> = {
  board: ["Board", board],
  release: ["Releases", release],
  drift: ["Drift", drift],
  alerts: ["Alerts", alerts],
  cost: ["Cost", cost],
  traces: ["Traces", traces],
};
const ROUND_MS = 5000;
const OLD_MS = 15 * 60_000;
const LONGEST_AGO_MS = 400 * 86_400_000;

const main = h("main", { id: "main", tabindex: -1 });
const status = h("span", { class: "note", role: "status" });
const navigation = h("nav", { "aria-label": "Pages" });
const controls = h("div", { class: "controls" });
let shown = "";
let round = 0;
let liveTenant: string | null = null;
let known: Session | null = null;

function theme(): string {
  return localStorage.getItem("tidemark-theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function frame(): void {
  document.documentElement.dataset.theme = theme();
  document.getElementById("app")!.append(
    h("a", { class: "skip", href: "#main", click: (event) => (event.preventDefault(), main.focus()) }, "Skip to the content"),
    h("header", { class: "top" }, h("a", { class: "brand", href: "#/board" }, h("img", { src: "/tidemark.svg", alt: "" }), "Tidemark"), navigation, controls),
    main,
  );
}

function drawControls(selection: Selection): void {
  navigation.replaceChildren(
    ...Object.entries(PAGES).map(([name, [title]]) =>
      h("a", { href: link(selection, { page: name, subject: "", filter: "" }), "aria-current": name === selection.page ? "page" : undefined }, title),
    ),
  );
  const go = (change: Partial<Selection>) => {
    location.hash = link(read(), change);
  };
  const tenant = known?.tenant
    ? h("span", { class: "note" }, `tenant ${known.tenant}`)
    : h("input", { "aria-label": "Tenant", placeholder: "all tenants", size: 12, value: selection.tenant, change: (event) => go({ tenant: (event.target as HTMLInputElement).value.trim() }) });
  const range = h(
    "select",
    { "aria-label": "Time", change: (event) => go({ range: Number((event.target as HTMLSelectElement).value) }) },
    ...RANGES.map(([seconds, name]) => h("option", { value: seconds, selected: seconds === selection.range }, name)),
  );
  const lamp = h(
    "button",
    {
      type: "button",
      click: () => {
        localStorage.setItem("tidemark-theme", theme() === "dark" ? "light" : "dark");
        document.documentElement.dataset.theme = theme();
        void show(true);
      },
    },
    theme() === "dark" ? "Light" : "Dark",
  );
  controls.replaceChildren(status, tenant, range, lamp);
}

/** The range ends now; or, when data ended long ago as in a replay, where the data ends. Whether it did is asked until it has not. */
async function end(selection: Selection, now: Date): Promise<Date> {
  if (selection.to) return new Date(selection.to);
  if (liveTenant === selection.tenant) return now;
  const from = new Date(now.getTime() - LONGEST_AGO_MS).toISOString();
  const extent = await ask("extent", { tenant: selection.tenant, from, to: new Date(now.getTime() + 60_000).toISOString() });
  const last = Date.parse(extent.rows[0]?.last_window_end ?? "");
  if (!Number.isNaN(last) && now.getTime() - last >= OLD_MS) return new Date(last);
  liveTenant = Number.isNaN(last) ? null : selection.tenant;
  return now;
}

async function show(isFresh: boolean): Promise<void> {
  const mine = ++round;
  const selection = read();
  if (isFresh) {
    liveTenant = null;
    drawControls(selection);
    if (shown !== location.hash) main.replaceChildren(loading());
  }
  try {
    known = await session();
    const now = new Date(known.now);
    const to = await end(selection, now);
    const context = new Context(known, selection, new Date(to.getTime() - 1000 * selection.range), to);
    const [title, page] = PAGES[selection.page] ?? PAGES.board!;
    const parts = await page(context, (first) => {
      if (isFresh && mine === round) replace([...first, loading()]);
    });
    if (mine !== round) return;
    if (isFresh) drawControls(selection);
    replace(parts);
    document.title = `${title} · Tidemark`;
    const old = now.getTime() - to.getTime() > OLD_MS;
    status.textContent = selection.to || old ? `data until ${time(to.toISOString(), true)} UTC` : `live, ${time(to.toISOString())} UTC`;
    shown = location.hash;
  } catch (error) {
    if (mine !== round) return;
    if (error instanceof Refused && error.status === 401) gate();
    else if (isFresh) replace([failure(error)]);
    else status.textContent = `not fresh: ${error instanceof Error ? error.message : error}`;
  }
}

/** New content, with the open statements, the scroll positions and the focus of the old. */
function replace(parts: HTMLElement[]): void {
  const open = new Set([...main.querySelectorAll(".sql:not([hidden])")].map((each) => each.closest("section")?.dataset.panel));
  const focused = [...main.querySelectorAll<HTMLElement>("a, button, input, select, [tabindex]")].indexOf(document.activeElement as HTMLElement);
  const scrolled = [...main.querySelectorAll(".scroll")].map((each) => each.scrollLeft);
  forget();
  main.replaceChildren(...parts);
  for (const section of main.querySelectorAll<HTMLElement>("section[data-panel]")) {
    if (open.has(section.dataset.panel)) section.querySelector<HTMLButtonElement>("button[aria-expanded]")?.click();
  }
  main.querySelectorAll(".scroll").forEach((each, index) => (each.scrollLeft = scrolled[index] ?? 0));
  if (focused >= 0) main.querySelectorAll<HTMLElement>("a, button, input, select, [tabindex]")[focused]?.focus({ preventScroll: true });
}

function gate(): void {
  const input = h("input", { type: "password", name: "token", autocomplete: "off", "aria-label": "Token", required: true });
  main.replaceChildren(
    h(
      "form",
      {
        class: "panel gate",
        submit: (event) => {
          event.preventDefault();
          setToken(input.value.trim());
          void show(true);
        },
      },
      h("h1", {}, hasToken() ? "This token is not known" : "A token opens the console"),
      h("span", { class: "note" }, "The address that ./tidemark up prints carries one. ./tidemark ingest key TENANT makes more."),
      input,
      h("button", { type: "submit" }, "Open"),
    ),
  );
}

/** A page that somebody reads or types in is left alone while they do. */
function isBusy(): boolean {
  const active = document.activeElement;
  return document.hidden || document.querySelector("dialog[open]") !== null || (active instanceof HTMLInputElement && main.contains(active)) || !getSelection()?.isCollapsed;
}

adoptToken();
frame();
addEventListener("hashchange", () => void show(true));
setInterval(() => {
  if (!isBusy() && hasToken()) void show(false);
}, ROUND_MS);
void show(true);
