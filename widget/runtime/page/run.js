/*
 * One page at work: watches, keeps, and shows what the engine decides. Puts
 * `memory` and `rules` on the loader's `link`, whose other members are described
 * at the top of the loader.
 *
 * `own` is what a page of visitors has, and one that is explained to its owner
 * has another of:
 *
 *   own.now()            the time
 *   own.first(now)       the first words, see `facts.js`
 *   own.say(words, "restart")  says the first words to the engine, which begins
 *                        with them as if nothing had been
 *   own.say(words)       says until when they tell, and an array for each thing
 *                        that happened
 *   own.openMemory, own.openReports  see `memory.js` and `report.js`
 *   own.hear(listener)   the listener as it is added to the page
 *   own.renews           whether it goes on by the rules that are published next
 *
 * Returns `begin`, which says the first words, and `flush`, which asks what is
 * to be done.
 */

import {
  ACTIVE,
  ATTRIBUTE,
  FACTS,
  GREETING,
  MEMORY,
  MESSAGES,
  PAGE,
  REACTIONS,
  RECALLED,
  RENEWED,
  RUN,
  SHOWN,
  TAGS,
  TRACK,
  VISIBLE,
} from "./engine.js";
import { device } from "./facts.js";
import { compose } from "./greeting.js";
import { watch } from "./watch.js";

/* The note that holds the rules' memory. */
const VISIT = "visit";
/* Messages that are not known to be on the server; `ui` writes them. */
const PENDING = "pending";
/* A greeting that may come within this time is made ready. */
const READY_MS = 4000;
/* Signs of the visitor are told at least so often. */
const SIGN_MS = 60000;
/* Most calls of a page that are heard in a second. */
const CALLS = 100;
/* Within this time, pages ask for rules that have changed: not all at once. */
const RENEW_MS = 800;
/* Longer, a browser takes it for no time at all. */
const LONGEST_MS = 2147483647;

export const run = (link, own) => {
  const { bye } = link;
  let { needs, greetings } = link.config.rules;
  const { now } = own;
  const attributes = new Map();
  let queue = [];
  let soon;
  let timer;
  let renewing;
  let lastSign = 0;
  let toldAt = now();
  let known = "";
  let visits = 1;
  let landing = location.href;
  let showing;
  let over;

  const read = (text) => {
    try {
      // What is thrown costs more than all the rest of a first page.
      const words = text && JSON.parse(text);
      if (Array.isArray(words)) return words.map((word) => (typeof word == "string" ? word : +word));
    } catch {
      // As good as none.
    }
    return [];
  };
  const recalled = (stored) => {
    if (stored) {
      queue.push([now(), RECALLED, ...read(stored)]);
      flush();
    }
  };
  const memory = (link.memory = own.openMemory(link.consent, VISIT, recalled, link.erase));
  memory.visits = () => visits;
  /* What ends what these rules ask to be watched. */
  let ends = [];
  const unwatch = () => ends.splice(0).forEach((end) => end());
  bye.push(() => {
    over = 1;
    clearTimeout(timer);
    clearTimeout(renewing);
    unwatch();
  });
  const on = (target, kind, hear, ends = bye) => {
    const options = { passive: true, capture: true };
    const listener = own.hear(hear);
    target.addEventListener(kind, listener, options);
    ends.push(() => target.removeEventListener(kind, listener, options));
  };

  const reports = own.openReports(link, device);

  /* What the engine answers. One that has stopped cannot be asked again. */
  const say = (words, entrance) => {
    try {
      if (!over) return own.say(words, entrance);
    } catch (error) {
      over = 1;
      link.fail(error);
    }
    return [0, "", -1, -1, -1, visits, 0];
  };

  /* Tells the engine everything that has happened. */
  const take = () => {
    soon = 0;
    const at = now();
    const events = [at];
    // Another tab may have gone further.
    const stored = memory.recall(VISIT);
    if (stored && stored != known) {
      known = stored;
      events.push([at, MEMORY, ...read(stored)]);
    }
    if (lastSign) events.push([lastSign, ACTIVE]);
    lastSign = 0;
    toldAt = at;
    const answer = say(events.concat(queue.splice(0)));
    const [act, trigger, variant, wakeAt, greetsAt, visit, count] = answer;
    visits = visit;
    let next = 7;
    for (let left = count; left > 0; left--) {
      const [kind, trigger, version, variant] = answer.slice(next, (next += 4));
      const named = greetings.find((greeting) => greeting.id == trigger)?.variants?.[variant];
      reports.add({ at: Math.round(at), trigger, version, variant: named ? named.name : null, kind });
    }
    const kept = answer.slice(next);
    if (kept.length) {
      landing = kept[1];
      memory.remember(VISIT, (known = JSON.stringify(kept)));
    }
    return { at, act, trigger, variant, wakeAt, greetsAt };
  };

  const flush = () => {
    if (over) return;
    const { at, act, trigger, wakeAt, greetsAt } = take();
    clearTimeout(timer);
    if (act == 2) {
      link.emit("trigger", { trigger, variant: null, held: true });
      return tell(SHOWN, trigger, 1);
    }
    if (act == 1) return show();
    const ready = greetsAt - READY_MS;
    if (greetsAt >= 0 && ready <= at) link.need();
    const waits = [wakeAt, ready].filter((instant) => instant > at);
    if (waits.length) {
      timer = setTimeout(flush, Math.min(Math.min(...waits) - at, LONGEST_MS));
    }
  };

  /* Tells something with the next turn, together with what else comes. */
  const tell = (...words) => {
    queue.push([now(), ...words]);
    if (queue.length > 1000) flush();
    soon = soon || Promise.resolve().then(flush);
  };

  /*
   * Shows what is to be shown. It is decided again when `ui` is there and no
   * other tab is at it, and written down before it is painted.
   */
  const show = async () => {
    if (showing) return;
    showing = 1;
    await link.need();
    const greet = () => {
      if (over || !link.chat) return;
      const { act, trigger, variant } = take();
      const greeting = greetings.find(({ id }) => id == trigger);
      if (act == 1 && greeting) {
        queue.push([now(), SHOWN, trigger, 0]);
        take();
        const shown = compose(greeting, variant, link.languages, valueOf);
        const detail = { trigger, variant: shown.variant };
        link.emit("trigger", { ...detail, held: false });
        link.chat.greet(shown);
        link.emit("greeting", detail);
      }
    };
    try {
      await (navigator.locks ? navigator.locks.request("saluda.greeting", greet) : greet());
    } finally {
      showing = 0;
    }
    if (link.chat) flush();
  };

  /* What stands in a gap of a greeting's text. */
  const valueOf = (fact) => {
    const [, of, name] = fact.match(/^(page\.query|visit\.utm|visitor\.attr)\.(.+)/) || [];
    if (of == "visitor.attr") return attributes.get(name);
    if (of) {
      const { searchParams } = new URL(of == "page.query" ? location.href : landing);
      return searchParams.get(of == "page.query" ? name : "utm_" + name);
    }
    try {
      return fact == "page.title" ? document.title : decodeURIComponent(location.pathname);
    } catch {
      return location.pathname;
    }
  };

  const sign = () => {
    lastSign = now();
    if (lastSign - toldAt > SIGN_MS) flush();
  };
  let beginWatching;
  const watchFor = () => {
    unwatch();
    const hear = (target, kind, then) => on(target, kind, then, ends);
    if (greetings.length) beginWatching = watch(link.host, ends, needs, tell, sign, hear);
    else {
      hear(window, "pointerdown", sign);
      beginWatching = () => {};
    }
  };

  /* Goes on by the rules that are published now, if they are for this module. */
  const renew = async () => {
    const { rules, modules } = await link.ask();
    const file = "runtime.wasm";
    if (over || modules[file].file != link.config.modules[file].file) return;
    ({ needs, greetings } = link.config.rules = rules);
    tell(RENEWED, ...rules.pack);
    watchFor();
    beginWatching();
  };
  const renewSoon = () => {
    clearTimeout(renewing);
    // What fails now is asked again by the next page.
    if (own.renews) renewing = setTimeout(() => over || renew().catch(() => {}), Math.random() * RENEW_MS);
  };

  /* A fragment is another page only if it is a route, such as `#/cart`. */
  const address = () => location.href.replace(/#(?![/!]).*/, "");
  let page;
  const beginPage = (referrer = "") => {
    page = address();
    tell(PAGE, location.href, document.title, referrer);
    beginWatching();
    if (link.chat) link.chat.moved();
  };
  const look = () => address() != page && beginPage();
  if (window.navigation) {
    on(navigation, "currententrychange", look);
  } else {
    for (const kind of ["popstate", "hashchange"]) on(window, kind, look);
    // A router says nothing of what it does, and does it upon one of these.
    for (const kind of ["click", "keyup"]) on(window, kind, () => setTimeout(look));
  }
  on(window, "pageshow", (event) => event.persisted && beginPage());
  on(document, "visibilitychange", () => {
    tell(VISIBLE, !document.hidden);
    if (document.hidden) {
      // It may be the last that this page hears.
      flush();
      reports.send(1);
    }
  });

  let calls = 0;
  let second = 0;
  /* A page that calls without end is not heard without end. */
  const heard = () => {
    const this_second = Math.floor(now() / 1000);
    if (this_second != second) [second, calls] = [this_second, 0];
    return ++calls <= CALLS;
  };
  const said = (value) => {
    if (typeof value == "boolean") return [1, value];
    if (typeof value == "number" && isFinite(value)) return [2, value];
    if (typeof value == "string") return [3, value.slice(0, 256)];
  };
  /* The entries of what a page gives, as far as they can be read. */
  const entries = (given) => {
    const list = [];
    for (const name of Object.keys(given || {}).slice(0, 64)) {
      try {
        list.push([name.slice(0, 60), given[name]]);
      } catch {
        // A getter that throws has nothing to say.
      }
    }
    return list;
  };

  link.rules = {
    tell: (what, value) => (what == "rules" ? renewSoon() : tell(FACTS[what], value)),
    messages: (count, lastAt) => tell(MESSAGES, count, lastAt),
    react(trigger, what) {
      tell(GREETING, trigger, REACTIONS.indexOf(what));
      if (what == "dismissed") link.emit(what, { trigger });
    },
    clicked: (trigger) => tell(GREETING, trigger, 3),
    track(name, properties) {
      name = String(name);
      if (!needs.events.includes(name) || !heard()) return;
      const words = entries(properties).map(([name, value]) => [name, said(value)]);
      const told = words.filter(([, value]) => value);
      tell(TRACK, name, told.length, ...told.flat(2));
    },
    set(given) {
      if (!heard()) return;
      for (const [name, value] of entries(given)) {
        if (name == "tags" && Array.isArray(value)) {
          const tags = value.filter((tag) => typeof tag == "string").slice(0, 64);
          tell(TAGS, tags.length, ...tags.map((tag) => tag.slice(0, 256)));
          continue;
        }
        const words = value == null ? [0] : said(value);
        if (!words) continue;
        if (value == null) attributes.delete(name);
        else attributes.set(name, words[1]);
        tell(ATTRIBUTE, name, ...words);
      }
    },
    trigger: (id, options) => tell(RUN, String(id), !!(options && options.force)),
    page: () => heard() && beginPage(),
    consent(word) {
      memory.consent(word);
      if (word == "denied") link.rules.reset();
    },
    /* Someone else sits here now, of whom nothing is known. */
    reset() {
      if (link.chat) link.chat.destroy();
      memory.reset();
      attributes.clear();
      queue = [];
      begin();
      beginPage();
      link.claims = null;
      link.emit("unread", { count: 0 });
      link.again();
    },
  };

  const begin = () => {
    const words = [...own.first(now()), !document.hidden, ...read(memory.recall(VISIT))];
    say(words, "restart");
    known = memory.recall(VISIT);
  };
  begin();
  watchFor();
  beginPage(document.referrer);
  for (const [verb, ...words] of link.early.splice(0)) link.rules[verb](...words);
  if (memory.recall("reports")) reports.send();
  if (memory.credentials() || memory.recall(PENDING)) link.need();
  return { begin, flush };
};
