/*
 * Measures what a page feels of a chat widget: node measure.js CHROMIUM CHAT PORT
 * FOLDER. CHAT is the address of a server, PORT where the pages are to be served
 * (one of the origins of its site "demo"), FOLDER where the bundles of the others
 * are. Prints the figures as JSON.
 */

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import puppeteer from "puppeteer-core";

import { ASKS, PAGES } from "./pages.js";
import { probe } from "./probe.js";
import { CATEGORIES, timeOfScripts } from "./trace.js";

/* Each page is opened so often, in rounds, with a fresh profile each time. */
const ROUNDS = 9;
/* The processor is slowed by this. */
const SLOWER = 4;
/* Long enough for all of them to be done, in milliseconds. */
const SETTLE = 2500;
/* So long the browser is busy with a page that was closed. */
const REST = 300;
/* A slow line: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

const [chromium, chat, port, folder] = process.argv.slice(2);
const TYPES = { js: "text/javascript", css: "text/css" };

const server = createServer(async ({ url }, answer) => {
  const name = decodeURIComponent(url.slice(1));
  const page = PAGES[name];
  if (page) {
    answer.setHeader("content-type", "text/html");
    return answer.end(typeof page.html == "function" ? page.html(chat) : page.html);
  }
  const type = TYPES[name.split(".").pop()];
  const body =
    name == "asks.js" ? ASKS : type && !name.includes("..") && (await readFile(`${folder}/${name}`).catch(() => null));
  answer.statusCode = body ? 200 : 404;
  if (type) answer.setHeader("content-type", type);
  answer.end(body || "");
});
await new Promise((listening) => server.listen(Number(port), "127.0.0.1", listening));

const browser = await puppeteer.launch({
  executablePath: chromium,
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const root = await browser.target().createCDPSession();
const address = (name) => `http://localhost:${port}/${encodeURIComponent(name)}`;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/* Opens a page in a profile of its own, and does something with it. */
const fresh = async (watch, name, act) => {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.emulateCPUThrottling(SLOWER);
    await page.evaluateOnNewDocument(probe(PAGES[name].launcher, watch));
    const cdp = await page.createCDPSession();
    return await act(page, cdp);
  } finally {
    await context.close();
    await pause(REST);
  }
};

/*
 * The same without what a page of puppeteer's turns on: to watch its requests and
 * its scripts keeps the page's own thread busy.
 */
let tabs = 0;
const unwatched = async (name, act) => {
  const context = await browser.createBrowserContext();
  try {
    const blank = `about:blank#${++tabs}`;
    const { targetId } = await root.send("Target.createTarget", {
      url: blank,
      browserContextId: context.id,
    });
    const target = await browser.waitForTarget((target) => target.url() == blank);
    const cdp = await target.createCDPSession();
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await cdp.send("Page.enable");
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: probe(PAGES[name].launcher, false) });
    const figures = await act(cdp);
    await root.send("Target.closeTarget", { targetId });
    return figures;
  } finally {
    await context.close();
    await pause(REST);
  }
};

/* Opens a page, and waits until it is done. */
const settled = async (cdp, name) => {
  const loaded = new Promise((loaded) => cdp.once("Page.loadEventFired", loaded));
  await cdp.send("Page.navigate", { url: address(name) });
  await loaded;
  await pause(SETTLE);
};

/* How long its thread was busy, and what it holds. */
const load = (name) =>
  unwatched(name, async (cdp) => {
    await cdp.send("Performance.enable");
    await settled(cdp, name);
    const { metrics } = await cdp.send("Performance.getMetrics");
    const { result } = await cdp.send("Runtime.evaluate", {
      expression: `({ blocked: felt.blocked, shift: felt.shift, bytes: felt.bytes(), there: Boolean(${PAGES[name].launcher}) })`,
      returnByValue: true,
    });
    const { blocked, shift, bytes, there } = result.value;
    if (!there) throw new Error(`${name} draws no launcher`);
    const busy = metrics.find(({ name }) => name == "TaskDuration").value * 1000;
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    return { blocked, shift, busy, heap: usedSize + bytes };
  });

/*
 * How long its thread ran scripts: theirs, what their promises go on with, and
 * what they call, modules as well as the browser. To trace it takes time of its
 * own, so it is a load of its own.
 */
const scripts = (name) =>
  unwatched(name, async (cdp) => {
    const events = [];
    const collect = ({ value }) => events.push(...value);
    root.on("Tracing.dataCollected", collect);
    await root.send("Tracing.start", {
      transferMode: "ReportEvents",
      traceConfig: { includedCategories: CATEGORIES, excludedCategories: ["*"] },
    });
    await settled(cdp, name);
    const complete = new Promise((complete) => root.once("Tracing.tracingComplete", complete));
    await root.send("Tracing.end");
    await complete;
    root.off("Tracing.dataCollected", collect);
    return { scripts: timeOfScripts(events) };
  });

/* When its launcher is there on a slow line, and its triggers live. */
const slow = (name) =>
  fresh(true, name, async (page, cdp) => {
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", LINE);
    await page.goto(address(name), { waitUntil: "load" });
    await page.waitForFunction("felt.launcher", { polling: 50 });
    if (name == "saluda") await page.waitForFunction("felt.live", { polling: 50 });
    return page.evaluate(() => ({ launcher: felt.launcher, live: felt.live ?? null }));
  });

/* From the click to a composer that can be written in, the modules at hand. */
const click = () =>
  fresh(false, "saluda", async (page) => {
    const opened = () =>
      page.evaluate(
        () =>
          new Promise((done) => {
            const { shadowRoot } = document.querySelector("saluda-widget");
            const look = () => {
              const usable = shadowRoot.activeElement?.id == "composer";
              if (usable) requestAnimationFrame(() => done(performance.now() - felt.clicked));
              else requestAnimationFrame(look);
            };
            look();
          }),
      );
    const press = async () => {
      await page.waitForFunction("felt.live", { polling: 50 });
      await pause(500);
      await page.evaluate(() => {
        addEventListener("pointerdown", () => (felt.clicked = performance.now()), { capture: true, once: true });
      });
      const { x, y, width, height } = await page.evaluate(() => {
        const launcher = document.querySelector("saluda-widget").shadowRoot.querySelector(".launcher");
        return launcher.getBoundingClientRect().toJSON();
      });
      const time = opened();
      await page.mouse.click(x + width / 2, y + height / 2);
      return time;
    };
    await page.goto(address("saluda"), { waitUntil: "load" });
    await press();
    await page.goto(address("saluda"), { waitUntil: "load" });
    return press();
  });

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const rounds = [];
// One that does not count: the browser itself starts with it.
for (const name of Object.keys(PAGES)) await load(name);
for (let round = 0; round < ROUNDS; round++) {
  const figures = {};
  for (const name of Object.keys(PAGES)) {
    figures[name] = { ...(await load(name)), ...(await scripts(name)), ...(await slow(name)) };
  }
  figures.saluda.click = await click();
  rounds.push(figures);
}
const result = { browser: await browser.version(), pages: {} };
for (const name of Object.keys(PAGES)) {
  const figures = {};
  for (const figure of Object.keys(rounds[0][name])) {
    const all = rounds.map((round) => round[name][figure]);
    figures[figure] = all.every((one) => typeof one == "number") ? median(all) : null;
  }
  result.pages[name] = figures;
}
console.log(JSON.stringify(result));
await browser.close();
server.close();
