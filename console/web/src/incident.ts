/** One bad release told in four facts: which, since when, why, and what was done. */
import { h } from "./dom";
import type { Row } from "./api";
import { COMPONENTS, type Context } from "./context";
import { duration, evidence, measured, measureName, time } from "./format";
import { chip, fact } from "./parts";

/** Whether a verdict is that the candidate is bad: a canary is rolled back, a shadow rejected. */
export const isBad = (verdict: Row): boolean => verdict.verdict === "rollback" || verdict.verdict === "reject";

/** The candidate in words: the components in which it differs from its control. */
export function candidateName(release: Row | undefined, verdict: Row): string {
  const candidate: string[] = release?.candidate ?? [];
  const differing = COMPONENTS.flatMap((name, index) =>
    candidate[index] && candidate[index] !== release?.control?.[index] ? [`${name} ${candidate[index]}`] : [],
  );
  // what was evaluated serves nobody: it is named only where nothing else differs
  const serving = differing.filter((each) => !each.startsWith("eval_pass "));
  if (serving.length) return serving.join(", ");
  return differing.length ? differing.join(", ") : `version ${verdict.candidate_version_id}`;
}

/** The component that made it bad; all that differ where that cannot be told. */
function culprit(release: Row | undefined, verdict: Row): string {
  const index = COMPONENTS.indexOf(verdict.attribution ?? "");
  const value = release?.candidate?.[index];
  return value ? `${verdict.attribution} ${value}` : candidateName(release, verdict);
}

function why(verdict: Row): string {
  const index = verdict.finding.findIndex((each: string) => each === "regressed" || each === "hard_limit");
  if (index < 0) return verdict.reason;
  const name = verdict.measure[index];
  const numbers = `${measured(name, verdict.observed[index])} against ${measured(name, verdict.expected[index])} of the control`;
  return `${measureName(name)}: ${numbers}; evidence ${evidence(verdict.e_value[index])}, where ${evidence(verdict.threshold[index])} is enough`;
}

/** What consumers did about a release, from their audit. */
export function done(actions: Row[], release: string): string {
  const own = actions.filter((each) => each.release_id === release && each.kind === "rollback");
  const last = (phase: string) => own.find((each) => each.phase === phase);
  const act = last("done") ?? last("verified");
  if (!act) {
    const other = own[0];
    return other ? `${other.phase}: ${other.reason ?? other.target}` : "nothing yet: no consumer has acted";
  }
  const effect = act.dry_run ? "rolled back as a dry run (nothing was changed)" : "rolled back";
  return `${effect}, target ${act.target}, at ${time(act.event_time, true)}`;
}

/** Whether the last rollback of a release that consumers did changed nothing. */
export function wasDryRun(actions: Row[], release: string): boolean {
  return actions.find((each) => each.release_id === release && each.kind === "rollback" && each.phase === "done")?.dry_run === true;
}

function howFast(actions: Row[], release: string): string {
  const own = actions.filter((each) => each.release_id === release);
  const first = (name: string) => own.map((each) => each[name]).find((each) => each !== null && each !== undefined);
  const recovered = first("recover_millis");
  const back = recovered === undefined ? "not yet back to normal" : `measures back to normal ${duration(recovered)} after that act${wasDryRun(actions, release) ? ", not by this: a dry run changes nothing" : ""}`;
  return `found ${duration(first("detect_millis"))} after it began, acted ${duration(first("act_millis"))} later, ${back}`;
}

/** When a version was last called. */
export interface Seen {
  version: string;
  until: string;
}

/** Time of what never was, in milliseconds since the epoch. */
const NEVER = 0;

/** Windows this much older than the time of the page are of a version that nobody calls any more. */
const SILENT_MS = 5 * 60_000;

/** Whether the bad version still serves, and what serves beside it or in its place. */
function serving(context: Context, release: Row | undefined, verdict: Row, seen: Seen[]): string {
  const last = (version: string) => seen.filter((each) => each.version === version).reduce((most, each) => Math.max(most, Date.parse(each.until)), NEVER);
  const silent = Math.max(SILENT_MS, 2000 * context.window());
  const isCalled = (version: string) => context.to.getTime() - last(version) < silent;
  const control = release ? controlName(release) : "its control";
  const other = isCalled(verdict.control_version_id) ? `${control} serves` : `${control} is not called either`;
  if (isCalled(verdict.candidate_version_id)) return `still called; ${other} too`;
  const until = last(verdict.candidate_version_id);
  return until === NEVER ? `not called in this time; ${other}` : `not called since ${time(new Date(until).toISOString(), true)}; ${other}`;
}

/** The control in words: its values of the components in which the candidate differs. */
export function controlName(release: Row): string {
  const differing = COMPONENTS.flatMap((name, index) => (release.candidate[index] !== release.control[index] ? [`${name} ${release.control[index]}`] : []));
  const served = differing.filter((each) => !each.startsWith("eval_pass "));
  return (served.length ? served : differing).join(", ") || release.control_version_id;
}

export function incident(context: Context, verdict: Row, release: Row | undefined, actions: Row[], seen: Seen[]): HTMLElement {
  const name = culprit(release, verdict);
  const commanded = !verdict.onset_time;
  return h(
    "section",
    { class: "banner bad", "data-incident": verdict.release_id },
    h(
      "div",
      { class: "headline" },
      h("h1", {}, `${name} is bad`),
      chip("bad", `verdict: ${verdict.verdict}`),
      h("a", { href: context.link({ page: "release", subject: verdict.release_id }) }, `release ${verdict.release_id}`),
    ),
    h(
      "dl",
      { class: "facts" },
      fact("Since", commanded ? `commanded at ${time(verdict.event_time, true)} UTC` : `${time(verdict.onset_time, true)} UTC, decided ${time(verdict.event_time)}`),
      fact("Why", why(verdict)),
      fact("What it comes from", verdict.attribution ? `${attribution(verdict.attribution, verdict.attribution_advice)}; changed: ${candidateName(release, verdict)}` : `not known; changed: ${candidateName(release, verdict)}`),
      fact("What was done", verdict.verdict === "reject" ? "rejected; as a shadow it served nobody" : done(actions, verdict.release_id)),
      fact("Now", verdict.verdict === "reject" ? "a shadow: it never served" : serving(context, release, verdict, seen)),
      fact("How fast", howFast(actions, verdict.release_id)),
    ),
  );
}

export function attribution(component: string, advice: string | null): string {
  return component.toUpperCase() === "NOT_IDENTIFIABLE"
    ? `several components changed together, which one cannot be told${advice ? `: ${advice}` : ""}`
    : `the ${component}`;
}
