/** Numbers and times for people. What is unknown is a dash, never 0. */
export const UNKNOWN = "–";

/** Costs of guardrails are in billionths of a dollar. */
const NANO = 1e9;

/** What a measure of a guardrail is a share of, in words. */
export function measureName(measure: string): string {
  const tail = /^(ttft|time_per_output_token|end_to_end)_(p\d\d)$/.exec(measure);
  const names: Record<string, string> = { ttft: "first token", time_per_output_token: "token", end_to_end: "whole answer" };
  return tail ? `calls whose ${names[tail[1]!]} is slower than the ${tail[2]} of the control` : measure.replaceAll("_", " ");
}

type Maybe = number | null | undefined;

const known = (value: Maybe): value is number => value !== null && value !== undefined && Number.isFinite(value);

export function percent(value: Maybe, digits = 2): string {
  return known(value) ? `${(100 * value).toFixed(digits)} %` : UNKNOWN;
}

export function signedPercent(value: Maybe): string {
  return known(value) ? `${value >= 0 ? "+" : "−"}${Math.abs(100 * value).toFixed(0)} %` : UNKNOWN;
}

export function count(value: Maybe): string {
  return known(value) ? value.toLocaleString("en-US", { maximumFractionDigits: 0 }) : UNKNOWN;
}

export function decimal(value: Maybe, digits = 1): string {
  // a small negative value rounds to 0, not to -0
  return known(value) ? (Number(value.toFixed(digits)) + 0).toLocaleString("en-US", { maximumFractionDigits: digits }) : UNKNOWN;
}

export function signed(value: Maybe, digits = 1): string {
  return known(value) ? `${value >= 0 ? "+" : "−"}${decimal(Math.abs(value), digits)}` : UNKNOWN;
}

export function millis(value: Maybe): string {
  if (!known(value)) return UNKNOWN;
  return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(0)} ms`;
}

export function dollars(value: Maybe, digits = 2): string {
  return known(value) ? `${value < 0 ? "−" : ""}$${Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}` : UNKNOWN;
}

/** Evidence: how many times as likely as under the tolerated value. */
export function evidence(value: Maybe): string {
  if (!known(value)) return UNKNOWN;
  return value >= 100 ? value.toLocaleString("en-US", { maximumFractionDigits: 0 }) : value.toPrecision(2);
}

/** A share or a plain number, by how large the numbers of its measure are. */
export function measured(measure: string, value: Maybe): string {
  if (!known(value)) return UNKNOWN;
  if (measure.startsWith("cost")) return dollars(value / NANO, 5);
  return value >= -1 && value <= 1 ? percent(value) : decimal(value, 2);
}

export function time(iso: string | null | undefined, withDay = false): string {
  if (!iso) return UNKNOWN;
  return withDay ? `${iso.slice(0, 10)} ${iso.slice(11, 19)}` : iso.slice(11, 19);
}

export function age(iso: string | null | undefined, until: Date): string {
  if (!iso) return UNKNOWN;
  return `${duration(until.getTime() - Date.parse(iso))} ago`;
}

export function duration(ms: Maybe): string {
  if (!known(ms)) return UNKNOWN;
  const seconds = Math.round(ms / 1000);
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
