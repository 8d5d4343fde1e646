// Boards in a real browser, for `benchmarks/run console`. Reads a command a line, answers each with a line of JSON.
// Arguments: address, token, path of Chromium.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [address, token, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const TABLE = '[data-panel="Versions called"] tbody tr';
let opened = [];
let failures = 0;

async function board(at) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  // the token is given first, as to somebody who has opened the console before; nothing is cached
  await page.addInitScript((key) => sessionStorage.setItem("tidemark-token", key), token);
  await page.goto(`${address}/#/board?${at}`, { waitUntil: "commit" });
  return page;
}

/** Milliseconds from the start of the navigation until the board is drawn and has answered a click. */
async function interactive(at) {
  const page = await board(at);
  const ms = await page.evaluate(
    (table) =>
      new Promise((resolve) => {
        const look = () => {
          const button = document.querySelector(table) && document.querySelector('[data-panel="Versions called"] button');
          if (!button) return requestAnimationFrame(look);
          button.click();
          requestAnimationFrame(() => resolve(button.getAttribute("aria-expanded") === "true" ? performance.now() : NaN));
        };
        look();
      }),
    TABLE,
  );
  await page.context().close();
  return ms;
}

async function shown(at) {
  const page = await board(at);
  await page.waitForSelector(TABLE, { timeout: 180_000 }); // twenty pages share the cores with what they ask
  return page;
}

/**
 * One board in Chromium, and as many more as are wanted of other tenants, which ask what it asks, when it asks it: twenty pages of
 * different content would take more of this machine than what they are to measure.
 */
async function followed(count) {
  const page = await shown("range=7200&tenant=tenant-0");
  opened.push(page);
  page.on("request", (request) => {
    if (!request.url().includes("/api/v1/")) return;
    for (let i = 1; i < count; i++) {
      fetch(request.url().replace("tenant=tenant-0", `tenant=tenant-${i}`), { headers: { Authorization: `Bearer ${token}` } })
        .then((response) => response.ok ? response.arrayBuffer() : Promise.reject(new Error(`${request.url()} answers ${response.status}`)))
        .catch((error) => { failures++; console.error(error.message); });
    }
  });
  return count;
}

const commands = {
  /** Questions of followed boards that were not answered. */
  async check() {
    return { failures };
  },
  async load(range, rounds) {
    const times = [];
    for (let i = 0; i < Number(rounds) + 1; i++) times.push(await interactive(`range=${range}`));
    const first = times.shift();
    times.sort((a, b) => a - b);
    const at = (share) => Math.round(times[Math.ceil(share * times.length) - 1]);
    return { first: Math.round(first), p50: at(0.5), p95: at(0.95), longest: at(1) };
  },
  async open(count, kind) {
    for (const page of opened) await page.context().close();
    opened = [];
    if (kind === "own") return { open: await followed(Number(count)), in_chromium: 1 };
    for (let i = 0; i < Number(count); i++) opened.push(await shown("range=7200"));
    return { open: opened.length, in_chromium: opened.length };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...words] = line.trim().split(" ");
  console.log(JSON.stringify(await commands[name](...words)));
}
await browser.close();
