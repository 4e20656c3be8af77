/*
 * What the owner pretends: kept in this tab, and put in the place of what is so.
 */

import { ahead, device, dice, localClock, timezone } from "../page/facts.js";
import { attempt } from "../page/memory.js";
import { aheadIn, hoursAround } from "./zone.js";

const NOTE = "pretend";
/* The plan begins with the budget, which is four words; then come the hours. */
const HOURS = 4;

/*
 * What is not pretended is not there:
 *
 *   ahead_ms  how far the clock is ahead of the real one
 *   zone, language, device, consent
 *   visit     which visit of this browser it is
 *   hours     "open", "closed", or hours of each day
 *   agent     whether one is at the desk
 */
export const openPretence = (link, notes) => {
  const { languages } = link;
  const { rules, explain } = link.config;
  const real = {
    timezone: timezone || "UTC",
    language: navigator.language,
    device,
    agent: rules.online,
  };
  const dealt = dice();
  let now = attempt(() => JSON.parse(notes.read(NOTE))) || {};

  const hours = (at) => {
    if (now.hours == "open") return [0];
    if (now.hours == "closed") return [1, 0];
    const pairs = hoursAround(now.hours, at, aheadIn(explain.zone || "UTC"));
    return pairs && [1, pairs.length, ...pairs.flat()];
  };
  /* The plan with other hours: whether there are any, how many, and pairs. */
  const pack = (at) => {
    const { pack } = rules;
    const had = pack[HOURS] ? 2 + 2 * pack[HOURS + 1] : 1;
    const instead = now.hours && hours(at);
    return instead ? [...pack.slice(0, HOURS), ...instead, ...pack.slice(HOURS + had)] : pack;
  };

  const pretence = {
    get: (name) => now[name],
    /* How it really is. */
    real,
    ahead_ms: () => now.ahead_ms || 0,
    visit: () => now.visit,
    consent: () => now.consent,
    zone: () => now.zone || real.timezone,
    /* How many minutes the visitor's clock is ahead of UTC. */
    ahead: (at) => (now.zone ? aheadIn(now.zone) : ahead)(at),
    /* As `firstWords` in `../page/facts.js` has them. */
    first: (at) => [
      ...pack(at),
      ...dealt,
      now.language || real.language,
      pretence.zone(),
      now.device || device,
      ...localClock(at, pretence.ahead),
      now.agent ?? real.agent,
    ],
    /* Takes changes: `undefined` is as it really is, and without any all is. */
    change(changes) {
      now = changes ? { ...now, ...changes } : {};
      for (const name in now) if (now[name] === undefined) delete now[name];
      notes.write(NOTE, JSON.stringify(now));
      speak();
    },
    /* What is pretended, in words. */
    words: () => Object.keys(now).map((name) => WORDS[name]),
  };
  const speak = () => {
    link.languages = now.language ? [now.language, ...languages] : languages;
  };
  speak();
  return pretence;
};

const WORDS = {
  ahead_ms: "time",
  zone: "zone",
  visit: "visit",
  language: "language",
  device: "device",
  consent: "consent",
  hours: "hours",
  agent: "agent",
};
