/*
 * The explain panel: the rules at work in the browser of a site's owner, with
 * drafts, with what they pretend, and with a panel that says why each trigger
 * shows or not. Takes the place of `../page/start.js` in a tab that came by a
 * link for it.
 *
 * Nothing is counted, and nothing is written to what the browser remembers of
 * its visitor. What has happened on the page is kept here, so that it can be
 * told anew when something else is pretended: as if it had been so from the
 * start.
 */

import { GREETING, RECALLED, SHOWN, call, load } from "../page/engine.js";
import { serverClock } from "../page/facts.js";
import { run } from "../page/run.js";
import { readExplanations } from "./explanation.js";
import { pretendedMemory } from "./memory.js";
import { openNotes } from "./notes.js";
import { openPanel } from "./panel.js";
import { openPretence } from "./pretence.js";

/* Most that is told anew. */
const TOLD = 5000;
/* What happens within this time is looked at once. */
const LOOK_MS = 50;
const EVERY_MS = 1000;

export default ({ module_or_path }) => load(module_or_path);

export const start = (link) => {
  // What the browser remembers of its visitor stays.
  link.erase = () => {};
  const real = serverClock(link);
  const notes = openNotes();
  const pretence = openPretence(link, notes);
  const memory = pretendedMemory(link, pretence, notes, real());
  const now = () => real() + pretence.ahead_ms();
  /* Each time that something was told: when, by the real clock, and what. */
  let told = [];
  let page;
  let timer;

  /* Forgets that such things happened. */
  const untell = (...codes) => {
    const stays = ([, code]) => !codes.includes(code);
    told = told.map(([at, events]) => [at, events.filter(stays)]);
  };

  /* Everything anew, as if what is pretended had been so from the start. */
  const restart = () => {
    // Whoever consents from the start is not recalled in the middle.
    untell(RECALLED);
    memory.begin();
    page.begin();
    page.flush();
    look();
  };
  const panel = openPanel(link, pretence, now, {
    pretend(changes) {
      page.flush();
      pretence.change(changes);
      restart();
    },
    forget() {
      page.flush();
      memory.forgetShown();
      untell(SHOWN, GREETING);
      if (link.chat) link.chat.moved();
      restart();
    },
    end() {
      notes.end();
      location.reload();
    },
    opened: () => look(),
  });
  const look = () => {
    clearTimeout(timer);
    timer = 0;
    if (panel.hidden() || document.hidden) return;
    try {
      const at = now();
      panel.show(readExplanations(call([at], "explain")), at, memory.visits());
    } catch (error) {
      clearInterval(every);
      link.fail(error);
    }
  };
  const every = setInterval(look, EVERY_MS);
  link.bye.push(() => {
    clearTimeout(timer);
    clearInterval(every);
    panel.remove();
  });

  /* Tells the engine of one time. */
  const tell = ([at, events]) => {
    const ahead_ms = pretence.ahead_ms();
    const words = ([at, ...words]) => [at + ahead_ms, ...words];
    return call([at + ahead_ms, ...events.flatMap(words)]);
  };
  page = run(link, {
    now,
    first: pretence.first,
    say(words, entrance) {
      if (entrance) {
        call(words, entrance);
        for (const one of told) memory.take(tell(one));
        return [];
      }
      const ahead_ms = pretence.ahead_ms();
      const [at, ...events] = words;
      const one = [at - ahead_ms, events.map(([at, ...words]) => [at - ahead_ms, ...words])];
      told.push(one);
      // The first begins the page.
      if (told.length > TOLD) told.splice(1, 1);
      timer = timer || setTimeout(look, LOOK_MS);
      return tell(one);
    },
    openMemory: (_, __, granted) => Object.assign(memory, { granted }),
    openReports: () => ({ add() {}, send() {} }),
    hear: (listener) => (event) => panel.holds(event) || listener(event),
  });
  look();
};
