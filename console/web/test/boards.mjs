// Boards in a real browser, for `benchmarks/run console`. Reads a command a line, answers each with a line of JSON.
// Arguments: address, token, path of Chromium.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [address, token, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const TABLE = '[data-panel="Versions called"] tbody tr';
let opened = [];

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

const commands = {
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
    for (let i = 0; i < Number(count); i++) {
      const page = await board(kind === "own" ? `range=7200&tenant=tenant-${i % 20}` : "range=7200");
      await page.waitForSelector(TABLE, { timeout: 180_000 }); // twenty pages share the cores with what they ask
      opened.push(page);
    }
    return { open: opened.length };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...words] = line.trim().split(" ");
  console.log(JSON.stringify(await commands[name](...words)));
}
await browser.close();
