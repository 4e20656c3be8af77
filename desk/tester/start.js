/*
 * The desk's tester, in a thread of its own: the engine that decides in pages,
 * with what explains it, and a visit that is written down. A visit as long as it
 * may be does not hold the desk up.
 *
 * A question is a text of JSON with `number`, `engine` (where the module is),
 * `pack` (what the engine decides by), `trigger`, `visit` (the lines of a file)
 * and `at` (milliseconds since the start of the visit). The answer is a text
 * with the same `number`, and what `desk/src/triggers/tester/answer.rs` reads.
 */

import { load } from "../../widget/runtime/page/engine.js";
import { goThrough, readVisit } from "./visit.js";

/* The engine, once it is loaded; again, if it was not. */
let engine;
const ready = (address) => {
  engine =
    engine ||
    load(fetch(address)).catch((error) => {
      engine = undefined;
      throw error;
    });
  return engine;
};

/* A rule as a row of parts, each with its place in the form. */
const flat = (part, path) => {
  const { holds, until, closest, kind } = part;
  const one = { path, holds, closest, until, kind };
  if (kind == "one") {
    const { kind: found, value } = part.actual;
    const number = typeof value == "string" ? 0 : +value || 0;
    return [{ ...one, found, number, texts: Array.isArray(value) ? value : [] }];
  }
  const place = (index) => (kind == "not" ? `${path}.not` : `${path}.${kind}[${index}]`);
  return [one, ...part.parts.flatMap((inner, index) => flat(inner, place(index)))];
};

const answer = async ({ engine, pack, trigger, visit, at }) => {
  const written = readVisit(visit);
  await ready(engine);
  const { explained, ...went } = goThrough(written, pack, trigger, at);
  if (!explained) throw new Error(`there is no trigger \`${trigger}\``);
  const { verdict, earliest, gates, rule } = explained;
  const variant = verdict.kind == "shows" && verdict.variant >= 0 ? verdict.variant : null;
  const { kind, gate = null, other = "" } = verdict;
  return { ...went, verdict: kind, gate, other, variant, earliest, gates, parts: flat(rule, "rule") };
};

addEventListener("message", async ({ data }) => {
  const { number, ...asked } = JSON.parse(data);
  let said;
  try {
    said = { went: await answer(asked) };
  } catch (error) {
    said = { failed: { line: error.line || 0, message: error.message } };
  }
  postMessage(JSON.stringify({ number, ...said }));
});
