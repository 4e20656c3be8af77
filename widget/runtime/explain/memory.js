/*
 * What would be remembered of the visitor: begins with what the browser does
 * remember, and goes on in the notes of this tab. `../page/memory.js` is what it
 * stands for.
 */

import { attempt, readCookie } from "../page/memory.js";

/* The note that holds the rules' memory, see `../page/run.js`. */
const RULES = "visit";
/* Where its words say what, as `crates/rules/src/pack/memory.rs` writes them. */
const NUMBER = 5;
const BEGAN_AT = 6;
const ACTIVE_AT = 7;
const LISTS = 12;

/* As on the visit of this number, which began with this page. */
const asVisit = (words, number, at) => {
  const nothing = [1, location.href, "", 0, 0, 0, 0, 0, 0, -1, 0, -1, 0, 0, 0];
  const visit = words.length ? [...words] : nothing;
  visit[NUMBER] = number;
  visit[BEGAN_AT] = visit[ACTIVE_AT] = at;
  return visit;
};

/* `began` is when the page began, by the real clock. */
export const pretendedMemory = (link, pretence, notes, began) => {
  /* What is not kept beyond this page. */
  const held = new Map();
  let word = link.consent;
  const allowed = () => {
    const consent = pretence.consent() || word;
    if (["granted", "persistent", "session"].includes(consent)) return true;
    return consent != "denied" && !!readCookie();
  };
  const stored = (key) =>
    notes.read("memory." + key) ??
    (attempt(() => localStorage.getItem("saluda." + key)) || undefined);
  const words = (text) => attempt(() => JSON.parse(text)) || [];
  let before = words(stored(RULES));

  const memory = {
    credentials: () => memory.recall("credentials") || (allowed() && readCookie()) || undefined,
    keep: (value) => memory.remember("credentials", value),
    recall: (key) => (held.has(key) ? held.get(key) : allowed() ? stored(key) : undefined),
    remember(key, value) {
      held.delete(key);
      if (!allowed() || !notes.write("memory." + key, value)) held.set(key, value);
    },
    forget(key) {
      // Not what the browser remembers: only here it is gone.
      held.set(key, undefined);
      notes.drop("memory." + key);
    },
    consent(said) {
      const was = allowed();
      word = said == "written" ? "session" : said;
      if (was || !allowed()) return;
      memory.granted(stored(RULES));
      for (const [key, value] of held) if (value) memory.remember(key, value);
    },
    reset() {
      before = [];
      for (const key of [RULES, "credentials", "pending", "contact", "owed", "email_skipped", "identity"]) {
        memory.forget(key);
      }
    },
    counts: () => false,
    /* Is told what is remembered, once that may be looked at. */
    granted() {},
    /* The page begins anew with what was remembered before it. */
    begin() {
      const number = pretence.visit();
      const known = allowed() ? before : [];
      const begins = number ? asVisit(known, number, began + pretence.ahead_ms()) : known;
      held.set(RULES, begins.length ? JSON.stringify(begins) : "");
    },
    /* Takes from what the engine answered what is to be remembered. */
    take(answer) {
      const kept = answer.slice(7 + 4 * answer[6]);
      if (kept.length) memory.remember(RULES, JSON.stringify(kept));
    },
    forgetShown() {
      before = before.length ? [...before.slice(0, LISTS), 0, 0, 0] : [];
    },
  };
  memory.begin();
  return memory;
};
