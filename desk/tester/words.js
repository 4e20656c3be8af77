/*
 * What is written of a visit, as the words that the engine takes. It is the form
 * of `docs/triggers.md`, and each event is written here as
 * `crates/rules/src/pack/event.rs` writes it, each memory as `memory.rs` does.
 */

import {
  ACTIVE,
  ATTRIBUTE,
  ELEMENT_CLICKED,
  ELEMENT_SEEN,
  FACTS,
  FORM_FOCUS,
  GREETING,
  MEMORY,
  MESSAGES,
  PAGE,
  POINTER_LEFT,
  REACTIONS,
  RECALLED,
  RUN,
  SCROLL,
  SHOWN,
  TAGS,
  TITLE,
  TRACK,
  VISIBLE,
} from "../../widget/runtime/page/engine.js";

const LOCAL_CLOCK = 19;
const LANGUAGE = 20;

const UNITS_MS = { s: 1000, m: 60000, h: 3600000, d: 86400000 };

/* Milliseconds since the start: a number, or as `30s`. */
export const since = (written) => {
  if (typeof written == "number" && written >= 0) return written;
  const [, count, unit] = String(written).match(/^(\d+)([smhd])$/) || [];
  if (!unit) throw new Error(`\`${written}\` is no time since the start`);
  return count * UNITS_MS[unit];
};

const list = (all, one) => [all.length, ...all.flatMap(one)];
const optional = (number) => number ?? -1;

const attributeWords = (value) => {
  if (value == null) return [0];
  return [{ boolean: 1, number: 2 }[typeof value] || 3, value];
};

export const clockWords = ({ offset_minutes = 0, changes_at, then_minutes = 0 } = {}) => [
  offset_minutes,
  optional(changes_at),
  then_minutes,
];

/* What a browser remembers. `dice` may be more than a number can hold. */
export const memoryWords = (memory = {}, dice = BigInt(memory.dice || 0)) => {
  const stay = memory.stay || {};
  const record = (one) => [
    one.trigger,
    optional(one.variant),
    one.held || 0,
    one.reached || 0,
    one.spent || 0,
    one.version || 0,
    one.shown || 0,
    one.shown_visit || 0,
    one.opened || 0,
    one.dismissed || 0,
    one.dismissed_visit || 0,
    one.replied || 0,
    one.shown_at || 0,
    one.dismissed_at || 0,
  ];
  return [
    1,
    memory.landing || "",
    memory.referrer || "",
    Number(dice >> 32n),
    Number(dice & 0xffffffffn),
    stay.number || 0,
    stay.began_at || 0,
    stay.active_at || 0,
    stay.pages || 0,
    optional(memory.last_visit_ended_at),
    memory.visible_ms || 0,
    optional(memory.agent_wrote_at),
    ...list(memory.greetings || [], record),
    ...list(memory.showings || [], ({ at, visit }) => [at, visit]),
    ...list(memory.events || [], ({ key, visit, last }) => [key, visit, ...list(last, (at) => [at])]),
  ];
};

const EVENTS = {
  page: ({ url, title = "", referrer = "" }) => [PAGE, url, title, referrer],
  title: (title) => [TITLE, title],
  scroll: (percent) => [SCROLL, percent],
  visible: (flag) => [VISIBLE, flag],
  pointer_left: (flag) => [POINTER_LEFT, flag],
  form_focus: (flag) => [FORM_FOCUS, flag],
  track: ({ name, properties = [] }) => [
    TRACK,
    name,
    ...list(properties, ([name, value]) => [name, ...attributeWords(value)]),
  ],
  attribute: ({ name, value }) => [ATTRIBUTE, name, ...attributeWords(value)],
  tags: (tags) => [TAGS, ...list(tags, (tag) => [tag])],
  element_seen: (selector) => [ELEMENT_SEEN, selector],
  element_clicked: (selector) => [ELEMENT_CLICKED, selector],
  message: ({ by_agent = false }) => [FACTS.message, by_agent],
  messages: ({ count, last_at }) => [MESSAGES, count, optional(last_at)],
  conversation: (flag) => [FACTS.conversation, flag],
  known: (flag) => [FACTS.known, flag],
  panel: (flag) => [FACTS.panel, flag],
  on_screen: (flag) => [FACTS.on_screen, flag],
  desk_online: (flag) => [FACTS.online, flag],
  local_clock: (clock) => [LOCAL_CLOCK, ...clockWords(clock)],
  language: (tag) => [LANGUAGE, tag],
  run: ({ trigger, force = false }) => [RUN, trigger, force],
  shown: ({ trigger, held = false }) => [SHOWN, trigger, held],
  greeting: ({ trigger, what }) => [GREETING, trigger, REACTIONS.indexOf(what)],
  memory: (memory) => [MEMORY, ...memoryWords(memory)],
  recalled: (memory) => [RECALLED, ...memoryWords(memory)],
};

/* An event as it is written. */
export const eventWords = (event) => {
  if (event == "active") return [ACTIVE];
  const [[name, value]] = Object.entries(event);
  if (!Object.hasOwn(EVENTS, name)) throw new Error(`there is no event \`${name}\``);
  return EVENTS[name](value);
};
