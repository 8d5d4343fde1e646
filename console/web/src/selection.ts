/** What is looked at, kept in the address so that a link shows the same. */
export interface Selection {
  page: string;
  subject: string;
  tenant: string;
  range: number;
  /** end of the range; null follows the clock */
  to: string | null;
  filter: string;
}

export const RANGES: [number, string][] = [
  [900, "15 min"],
  [3600, "1 hour"],
  [7200, "2 hours"],
  [21_600, "6 hours"],
  [86_400, "1 day"],
  [604_800, "7 days"],
  [2_592_000, "30 days"],
];

const STEPS = [60, 300, 1800, 3600, 86_400];
const MOST_POINTS = 180;

export function read(): Selection {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?", 2);
  const [page = "", subject = ""] = path.split("/", 2).map(decodeURIComponent);
  const parameters = new URLSearchParams(query);
  const range = Number(parameters.get("range"));
  const to = parameters.get("to");
  return {
    page: page || "board",
    subject,
    tenant: parameters.get("tenant") ?? "",
    range: RANGES.some(([seconds]) => seconds === range) ? range : 7200,
    to: to && !Number.isNaN(Date.parse(to)) ? to : null,
    filter: parameters.get("filter") ?? "",
  };
}

export function link(selection: Selection, change: Partial<Selection> = {}): string {
  const next = { ...selection, ...change };
  const parameters = new URLSearchParams();
  if (next.tenant) parameters.set("tenant", next.tenant);
  parameters.set("range", String(next.range));
  if (next.to) parameters.set("to", next.to);
  if (next.filter) parameters.set("filter", next.filter);
  const subject = next.subject ? `/${encodeURIComponent(next.subject)}` : "";
  return `#/${next.page}${subject}?${parameters}`;
}

/** Length of windows that gives a readable number of points. */
export function step(range: number): number {
  return STEPS.find((seconds) => range / seconds <= MOST_POINTS) ?? 86_400;
}
