// Walks the pages of a console in a real browser, as a person would, and fails on whatever a person would stumble over.
// Arguments: address, token that reads, token that may roll back, folder for the pictures, path of Chromium.
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [address, token, commander, pictures, executablePath] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RANGE = "range=7200";
const PAGES = [
  { name: "board", at: `#/board?${RANGE}`, shows: ["prompt support-v2 is bad", "2026-01-01 13:20:10", "dry run", "not called since 2026-01-01 13:23:00; prompt support-v1 serves", "not by this", "Versions called", "thumbs", "target accuracy 90.0 %", "below target", "against control", "Feature stability", "1 of 2 as before"] },
  { name: "release", at: `#/release/support-v2?${RANGE}`, shows: ["stopped at this step", "regressed", "docs-index", "dry run: nothing was changed"] },
  { name: "drift", at: `#/drift?${RANGE}`, shows: ["intent_mix drifted", "billing", "as before", "questions about invoices"] },
  { name: "alerts", at: `#/alerts?${RANGE}`, shows: ["support-v2 is worse than support-v1", "errors of acme", "How fast faults were found", "4 min", "the yearly campaign", "taken back"] },
  { name: "alert", at: `#/alerts/a1acme?${RANGE}`, shows: ["Lifecycle", "the breach has lasted", "trace-17"] },
  { name: "cost", at: `#/cost?${RANGE}`, shows: ["+31 %", "acme", "globex"] },
  { name: "traces", at: `#/traces/trace-17?${RANGE}`, shows: ["prefill", "What was unknown", "fallback_from"] },
];
const problems = [];
const expect = (condition, what) => condition || problems.push(what);

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
mkdirSync(pictures, { recursive: true });

async function open(width, theme, key = token) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, locale: "en-US", timezoneId: "UTC" });
  const page = await context.newPage();
  const where = () => `${page.url().replace(/token=[\w-]+/, "")} at ${width} px`;
  page.answers = new Map();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !page.isFaulty && problems.push(`console, ${where()}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`script, ${where()}: ${error}`));
  page.on("requestfailed", (request) => !page.isFaulty && !/ABORTED/.test(request.failure()?.errorText ?? "") && problems.push(`request, ${where()}: ${request.url()}`));
  page.on("response", async (response) => {
    if (response.status() >= 400 && !page.isFaulty) problems.push(`status ${response.status()}, ${where()}: ${response.url()}`);
    const name = /api\/v1\/([a-z-]+)/.exec(response.url())?.[1];
    if (name && response.ok()) page.answers.set(name, await response.json().catch(() => null));
  });
  await page.goto(`${address}/#token=${key}`);
  await page.waitForSelector("main .panel");
  return page;
}

async function settled(page) {
  await page.waitForFunction(() => !document.querySelector("main .loading") && document.querySelector("main section, main .state"));
  await page.waitForTimeout(150);
}

async function go(page, at) {
  await page.evaluate((hash) => (location.hash = hash), at);
  await page.waitForFunction((hash) => location.hash === hash, at);
  await page.waitForLoadState("networkidle");
  await settled(page);
}

async function noOverflow(page, what) {
  const [wide, view] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide <= view, `${what} is ${wide} px wide in a window of ${view} px`);
}

async function accessible(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  for (const each of violations.filter((one) => ["serious", "critical"].includes(one.impact))) {
    problems.push(`accessibility of ${what}: ${each.id}, ${each.nodes.map((node) => node.target + " " + (node.any[0]?.message ?? "")).slice(0, 3).join(" | ")}`);
  }
}

for (const [width, theme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
  const page = await open(width, theme);
  for (const { name, at, shows } of PAGES) {
    await go(page, at);
    const what = `${name} at ${width} px, ${theme}`;
    const text = await page.locator("main").innerText();
    for (const each of shows) expect(text.includes(each), `${what} does not show '${each}'`);
    expect(!/NaN|undefined|\[object|Infinity/.test(text), `${what} shows something that is no value`);
    await noOverflow(page, what);
    await accessible(page, what);
    await page.screenshot({ path: `${pictures}/${name}-${width}${theme === "dark" ? "-dark" : ""}.png`, fullPage: true });
    await page.evaluate(() => document.querySelectorAll("button[aria-expanded=false]").forEach((each) => each.click()));
    expect((await page.locator("pre").count()) > 0, `${what} shows no SQL`);
    await noOverflow(page, `${what} with its SQL`);
  }
  await page.context().close();
}

// a rollback is asked for twice, by those who may
{
  const reader = await open(1280, "light");
  await go(reader, `#/release/acme-returns?${RANGE}`);
  expect((await reader.getByRole("button", { name: "Roll back" }).count()) === 0, "a token that reads is shown the button that rolls back");
  await reader.context().close();
  for (const width of [390, 1280]) {
    const page = await open(width, "light", commander);
    await go(page, `#/release/acme-returns?${RANGE}`);
    await page.getByRole("button", { name: "Roll back" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("customers complain");
    await dialog.getByLabel("to confirm").fill("something else");
    await accessible(page, `the dialog of the rollback at ${width} px`);
    await noOverflow(page, `the dialog of the rollback at ${width} px`);
    await page.screenshot({ path: `${pictures}/rollback-${width}.png` });
    await dialog.getByRole("button", { name: "Command" }).click();
    expect((await dialog.innerText()).includes("not the id of the release"), "a rollback is commanded without its confirmation");
    if (width === 1280) {
      await dialog.getByLabel("to confirm").fill("acme-returns");
      await dialog.getByRole("button", { name: "Command" }).click();
      await dialog.getByText("Commanded, decision").waitFor({ timeout: 20000 }).catch(async () => problems.push(`the rollback is not commanded: ${await dialog.innerText()}`));
      await dialog.getByRole("button", { name: "Close" }).click();
      expect((await page.getByRole("dialog").count()) === 0, "the dialog of the rollback does not close");
    }
    await page.context().close();
  }
}

// numbers on the pages are those of the answers, which another test holds against their statements
{
  const page = await open(1280, "light");
  const count = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 0 });
  const percent = (value, digits = 2) => `${(100 * value).toFixed(digits)} %`;
  const decimal = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 3 });
  const dollars = (value, digits) => `$${value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
  const seen = async (at, statement, texts) => {
    await go(page, at);
    const text = await page.locator("main").innerText();
    const rows = page.answers.get(statement)?.rows ?? [];
    expect(rows.length > 0, `${statement} was not asked by ${at}`);
    for (const row of rows) for (const each of texts(row)) expect(text.includes(each), `${at} does not show ${each} of ${statement}`);
  };
  await seen(`#/board?${RANGE}`, "board", (row) => [count(row.calls), percent(row.error_rate), percent(row.refusal_rate), dollars(row.cost_usd_per_call, 5)]);
  await seen(`#/release/support-v2?${RANGE}`, "verdicts", (row) => (row.verdict === "rollback" ? [percent(row.observed[0]), percent(row.lower[0]), count(row.candidate_n[0]), count(row.e_value[0])] : []));
  await seen(`#/alerts?${RANGE}`, "alerts", (row) => [percent(row.observed[0])]);
  await seen(`#/drift?${RANGE}`, "drift", (row) => [row.effect.toLocaleString("en-US", { maximumFractionDigits: 3 }), count(row.n_baseline)]);
  await seen(`#/cost?${RANGE}`, "cost-tenants", (row) => [dollars(row.cost_usd, 2), dollars(row.cost_usd_before, 2), count(row.calls)]);
  await seen(`#/cost?${RANGE}`, "cost-versions", (row) => [dollars(row.cost_usd, 2), count(row.input_tokens)]);
  await seen(`#/traces/trace-17?${RANGE}`, "traces", (row) => [row.trace_id]);

  await seen(`#/board?${RANGE}`, "quality", (row) => [decimal(row.estimate), decimal(row.lower), count(row.n), percent(row.coverage, 0)]);
  await seen(`#/board?${RANGE}`, "outcomes-against-control", (row) => [decimal(row.candidate_mean), decimal(row.control_mean), decimal(Math.abs(row.difference)), decimal(row.margin)]);
  await seen(`#/board?${RANGE}`, "outcomes", (row) => [decimal(row.mean), count(row.n)]);
  await seen(`#/board?${RANGE}`, "extent", (row) => [count(row.calls), count(row.late_calls), count(row.windows)]);
  await seen(`#/alerts?${RANGE}`, "recovery", (row) => [count(row.decisions), `${count(row.done)} done, ${count(row.refused)} refused`]);
  await seen(`#/alerts?${RANGE}`, "silences", (row) => [row.actor, row.reason, row.ends_time.slice(0, 10)]);
  await seen(`#/release/support-v2?${RANGE}`, "actions", (row) => [row.target, row.recorded_time.slice(11, 19)]);
  await seen(`#/release/support-v2?${RANGE}`, "changes", (row) => [row.actor, row.event_time.slice(11, 19)]);
  await seen(`#/alerts/a1acme?${RANGE}`, "alert-states", (row) => [row.state, row.reason, row.event_time.slice(11, 19)]);
  await seen(`#/traces/trace-17?${RANGE}`, "trace", (row) => [count(row.input_tokens), row.status, ...row.spans_name]);

  // the selection is in the address; the keyboard reaches everything; what is asked for is followed
  await go(page, `#/board?tenant=acme&${RANGE}`);
  await page.reload();
  await settled(page);
  expect((await page.getByLabel("Tenant").inputValue()) === "acme", "a reload forgets the tenant");
  await page.locator("nav a").nth(1).focus();
  await page.keyboard.press("Enter");
  await settled(page);
  expect(/#\/release\?tenant=acme/.test(page.url()), "the keyboard does not reach the releases, or the tenant is forgotten");
  await page.evaluate(() => document.activeElement?.blur());
  await page.waitForResponse((response) => response.url().includes("/api/v1/releases"), { timeout: 15000 }).catch(() => problems.push("a page does not freshen by itself"));

  // nothing there, and nobody there
  await go(page, "#/board?range=900&to=2024-01-01T00:00:00.000Z");
  expect((await page.locator("main").innerText()).includes("No calls in this time"), "an empty time is not said to be empty");
  await page.screenshot({ path: `${pictures}/empty-1280.png`, fullPage: true });
  page.isFaulty = true;
  await page.route("**/api/v1/**", (route) => route.fulfill({ status: 503, contentType: "application/json", body: '{"error":"ClickHouse does not answer"}' }));
  await page.evaluate(() => (location.hash = "#/cost?range=900"));
  await page.waitForSelector(".state.error");
  await page.screenshot({ path: `${pictures}/error-1280.png`, fullPage: true });
  await page.context().close();
}

await browser.close();
problems.forEach((each) => console.log(each));
process.exit(problems.length > 0 ? 1 : 0);
