/** Asks the console's API. */
export type Row = Record<string, any>;

export interface Answer {
  title: string;
  rows: Row[];
  sql: string;
  next: number | null;
}

export interface Session {
  tenant: string | null;
  targets: { errorRate: number; endToEndP95Ms: number | null; accuracy: number | null };
  mayRollBack: boolean;
  now: string;
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const KEY = "tidemark-token";
const MOST_REMEMBERED = 40;
const remembered = new Map<string, Promise<Answer>>();

/** The address that `tidemark up` prints carries the token behind the hash, which browsers send to nobody. */
export function adoptToken(): void {
  const given = /^#token=([\w-]+)/.exec(location.hash);
  if (given?.[1]) {
    sessionStorage.setItem(KEY, given[1]);
    history.replaceState(null, "", location.pathname + "#/board");
  }
}

export function setToken(token: string): void {
  remembered.clear();
  sessionStorage.setItem(KEY, token);
}

export function hasToken(): boolean {
  return sessionStorage.getItem(KEY) !== null;
}

async function send(path: string, body?: object): Promise<any> {
  let response: Response;
  try {
    const headers = { Authorization: `Bearer ${sessionStorage.getItem(KEY) ?? ""}` };
    response = await fetch(path, body ? { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) } : { headers });
  } catch {
    throw new Refused(0, "the console does not answer");
  }
  const document = await response.json().catch(() => ({ error: "the answer cannot be read" }));
  if (!response.ok) throw new Refused(response.status, document.error);
  return document;
}

/** Commands the rollback of a release; the id is given twice, as the person confirmed it. */
export const rollBack = (release: string, confirm: string, reason: string): Promise<{ decision_id: string }> => send("/api/v1/rollback", { release, confirm, reason });

export const session = (): Promise<Session> => send("/api/v1/session");

/** Asks, or remembers what the same question was answered at the same moment. */
export function askOnce(name: string, parameters: Record<string, string | number>, moment: string): Promise<Answer> {
  const key = moment + name + JSON.stringify(parameters);
  if (!remembered.has(key)) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const answer = ask(name, parameters);
    remembered.set(key, answer);
    answer.catch(() => remembered.delete(key));
  }
  return remembered.get(key)!;
}

export function ask(name: string, parameters: Record<string, string | number>): Promise<Answer> {
  const given = Object.entries(parameters).filter(([, value]) => value !== "");
  return send(`/api/v1/${name}?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`);
}
