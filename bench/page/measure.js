/*
 * Measures in a page what its address asks for, and tells the figures to the task
 * that serves it, which answers with the address of the next page:
 *
 * `?first=NAME`    the first pass of one engine, in a page that has done nothing else
 * `?passes=NAME`   further passes of one engine
 * `?inside`        passes within our module, without the words that go in and out
 * `?through`       calls of our module as pages make them
 */

import { call, load } from "../../widget/runtime/page/engine.js";
import { ENGINES } from "./engines.js";
import { complete, plain } from "./forms.js";
import { medianOf, medianOfMany } from "./timing.js";

const PAGE = 0;

/* The module's own exports, which the script that starts it keeps to itself. */
let exports;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...words) => {
  const made = await instantiate.apply(WebAssembly, words);
  exports = made.instance.exports;
  return made;
};

/* From having the rules as JSON, and the engine as code, to knowing what holds. */
const first = async (name, { triggers, visits: [visit] }) => {
  if (name == "saluda") {
    await load(fetch("/runtime.wasm"));
    const start = performance.now();
    call(visit.begin);
    call(visit.take);
    return performance.now() - start;
  }
  const rules = triggers.map(({ rule }) => plain(rule));
  const facts = complete(rules, visit.facts);
  const held = new Uint8Array(rules.length);
  const start = performance.now();
  await ENGINES[name](rules)(facts, held);
  return performance.now() - start;
};

const passes = async (name, { triggers, visits }) => {
  const rules = triggers.map(({ rule }) => plain(rule));
  const facts = visits.map((visit) => complete(rules, visit.facts));
  const held = new Uint8Array(rules.length);
  const pass = ENGINES[name](rules);
  for (const [at, visit] of visits.entries()) {
    await pass(facts[at], held);
    const wrong = visit.held.findIndex((holds, rule) => holds != held[rule]);
    if (wrong >= 0) {
      throw Error(`${name} does not agree about "${triggers[wrong].id}" in "${visit.name}"`);
    }
  }
  const figures = [];
  for (const known of facts) figures.push(await medianOf(() => pass(known, held)));
  return figures;
};

const inside = async ({ visits }) => {
  const figures = { scratch: [], attribute: [], track: [] };
  for (const { begin, take, now, attribute, track } of visits) {
    await load(fetch("/measured.wasm"));
    call(begin);
    call(take);
    figures.scratch.push(await medianOfMany((times) => exports.decide_from_scratch(times)));
    // What was told last stays in the module's buffer, and is repeated there.
    const told = async (events) => {
      call([now, ...events.flatMap((words) => [now, ...words])]);
      return (await medianOfMany((times) => exports.decide_after_events(times))) / events.length;
    };
    figures.attribute.push(await told(attribute));
    figures.track.push(await told(track));
  }
  return figures;
};

const through = async ({ visits }) => {
  const figures = { page: [], attribute: [], rest: [] };
  for (const { name, begin, take, answer, now, attribute } of visits) {
    await load(fetch("/runtime.wasm"));
    call(begin);
    if (JSON.stringify(call(take)) != JSON.stringify(answer)) {
      throw Error(`the module and the rules on the server do not agree in "${name}"`);
    }
    const addresses = ["https://shop.example/pricing", "https://shop.example/blog/2026/11/gifts"];
    let turn = 0;
    figures.page.push(
      await medianOf(() => call([now, now, PAGE, addresses[(turn ^= 1)], "Page", ""])),
    );
    figures.attribute.push(
      await medianOf(() => call([now, now, ...attribute[(turn ^= 1)]])),
    );
    figures.rest.push(await medianOf(() => call([now])));
  }
  return figures;
};

const TASKS = { first, passes, inside, through };

const measured = async () => {
  const [[task, name]] = new URLSearchParams(location.search);
  const material = await (await fetch("/material.json")).json();
  return name ? TASKS[task](name, material) : TASKS[task](material);
};

const told = await measured().then(
  (figures) => ({ figures, isolated: crossOriginIsolated }),
  (error) => ({ error: String(error) }),
);
const answer = await fetch("/figures", { method: "POST", body: JSON.stringify(told) });
const next = await answer.text();
if (next) location.href = next;
