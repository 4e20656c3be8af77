/*
 * Goes through a visit that is written down, as `crates/rules/src/trace/run.rs`
 * does: events are taken in, the clock goes from one wake-up to the next, and
 * what is decided is carried out.
 */

import { SHOWN, call } from "../../widget/runtime/page/engine.js";
import { readExplanations } from "../../widget/runtime/explain/explanation.js";
import { clockWords, eventWords, memoryWords, since } from "./words.js";

/* Most decisions at one instant: a fault must not hang the tester. */
const ACTS = 10000;
/* 2026-03-02T10:00:00Z, as a visit begins that does not say when. */
const MONDAY_MS = 1772445600000;

/* A line that cannot be read, by its number. */
const wrong = (line, error) => Object.assign(new Error(error.message), { line });

/* The first visit of a file: its head, and its steps with their times. */
export const readVisit = (text) => {
  let visit;
  for (const [index, written] of text.split("\n").entries()) {
    const line = written.trim();
    if (!line || line.startsWith("//")) continue;
    try {
      const value = JSON.parse(line);
      if ("trace" in value || "test" in value) {
        if (visit) break;
        const [, dice = 0] = line.match(/"dice"\s*:\s*(\d+)/) || [];
        visit = { head: value, dice: BigInt(dice), steps: [] };
        continue;
      }
      if (!visit) throw new Error("a visit begins with a line that has `trace` or `test`");
      const before = visit.steps.length ? visit.steps.at(-1).at_ms : 0;
      const at_ms = value.at == null ? before : since(value.at);
      if (at_ms < before) throw new Error(`it happens at ${at_ms} ms, before the line above`);
      const words = value.event == null ? undefined : eventWords(value.event);
      visit.steps.push({ at_ms, words });
    } catch (error) {
      throw wrong(index + 1, error);
    }
  }
  if (!visit) throw wrong(1, new Error("there is no visit in it"));
  return visit;
};

const began = ({ at = MONDAY_MS }) => (typeof at == "number" ? at : Date.parse(at));

/* The words that begin the visit. */
const firstWords = ({ head, dice }, pack) => {
  const { language = "en-GB", timezone = "UTC", device = "desktop", clock } = head.visitor || {};
  return [
    ...pack,
    0,
    0,
    language,
    timezone,
    device,
    ...clockWords(clock),
    !!(head.site || {}).online,
    head.visible ?? true,
    ...memoryWords(head.memory, dice),
  ];
};

/*
 * What happens in a visit, and why `trigger` shows or does not at `at_ms` since
 * the start. What is decided at that very instant is carried out after it was
 * explained.
 */
export const goThrough = (visit, pack, trigger, chosen_ms) => {
  const began_at = began(visit.head);
  const chosen = began_at + chosen_ms;
  const done = [];
  let now = began_at;
  let explained;
  const explain = () => {
    explained = explained || readExplanations(call([now], "explain")).get(trigger);
  };
  /* Carries out what is decided now. Returns when to look again, or -1. */
  const carryOut = () => {
    for (let acts = 0; acts < ACTS; acts++) {
      const [act, id, variant, wake_at] = call([now]);
      if (!act) return wake_at;
      if (now == chosen && id == trigger) explain();
      const held = act > 1;
      done.push({ at: now - began_at, trigger: id, held, ...(variant >= 0 && { variant }) });
      call([now, now, SHOWN, id, held]);
    }
    return -1;
  };
  const until = (end) => {
    for (let wake_at = carryOut(); wake_at >= 0 && wake_at <= end; wake_at = carryOut()) {
      // Never backwards, nor for ever at one instant.
      now = Math.max(wake_at, now + 1);
    }
    now = Math.max(end, now);
  };
  const tell = (words) => call([now, now, ...words]);

  call(firstWords(visit, pack), "restart");
  const { attributes = {}, tags = [], known, conversation } = visit.head.visitor || {};
  for (const [name, value] of Object.entries(attributes)) tell(eventWords({ attribute: { name, value } }));
  tell(eventWords({ tags }));
  tell(eventWords({ known: !!known }));
  tell(eventWords({ conversation: !!conversation }));
  for (const { at_ms, words } of visit.steps) {
    if (at_ms > chosen_ms && !explained) {
      until(chosen);
      explain();
    }
    until(began_at + at_ms);
    if (words) tell(words);
  }
  if (now < chosen) until(chosen);
  if (!explained) {
    now = Math.max(now, chosen);
    explain();
  }
  carryOut();
  return { began_at, now: chosen, done, explained };
};
