/** What a page gets to know, and how its parts ask. */
import { ask, askOnce, type Answer, type Session } from "./api";
import { link, step, type Selection } from "./selection";

const MINUTE_MS = 60_000;

export class Context {
  constructor(
    readonly session: Session,
    readonly selection: Selection,
    readonly from: Date,
    readonly to: Date,
  ) {}

  /** Asks about the selected tenant and time. */
  ask(name: string, more: Record<string, string | number> = {}): Promise<Answer> {
    return ask(name, { tenant: this.selection.tenant, from: this.from.toISOString(), to: this.to.toISOString(), ...more });
  }

  /** Asks for what changes by the minute or more slowly: about whole minutes, so that it is asked once in each, however often the page is drawn. */
  askSlowly(name: string, times: ("from" | "to")[], more: Record<string, string | number> = {}): Promise<Answer> {
    const minute = (time: Date) => new Date(Math.floor(time.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
    const parameters = { tenant: this.selection.tenant, ...Object.fromEntries(times.map((each) => [each, minute(this[each])])), ...more };
    return askOnce(name, parameters, minute(new Date(this.session.now)));
  }

  /** Asks about the selected tenant, for statements that have no start, or no time at all. */
  askAtAnyTime(name: string, more: Record<string, string | number> = {}): Promise<Answer> {
    return ask(name, { tenant: this.selection.tenant, ...more });
  }

  window(): number {
    return step(this.selection.range);
  }

  link(change: Partial<Selection>): string {
    return link(this.selection, { subject: "", filter: "", ...change });
  }
}

/** A page; what it draws early is shown until it has all. */
export type Page = (context: Context, early: (parts: HTMLElement[]) => void) => Promise<HTMLElement[]>;

export const COMPONENTS = ["base_model", "fine_tune", "prompt", "tool_schema", "retrieval_index", "eval_pass", "serving"];

/** What tells a version from the others: the components in which they differ, else its prompt. */
export function versionName(row: Record<string, any>, all: Record<string, any>[]): string {
  const differing = COMPONENTS.filter((name) => new Set(all.map((each) => each[name])).size > 1);
  return (differing.length ? differing : ["prompt"]).map((name) => `${name} ${row[name]}`).join(" · ");
}

export const seconds = (iso: string): number => Date.parse(iso) / 1000;
