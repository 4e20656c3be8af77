/*
 * Conditions in words: what is asked, and what was found.
 */

import { spanOf, spelled, timeOf } from "./spans.js";

const FACT_NAMES = {
  "page.url": "the address",
  "page.host": "the host",
  "page.path": "the path",
  "page.hash": "the fragment",
  "page.title": "the title",
  "page.time": "time on this page",
  "page.scroll": "how far the page was scrolled",
  "visit.time": "time in this visit",
  "visit.pages": "the number of pages in this visit",
  "visit.referrer": "the page they came from",
  "visit.landing": "the first page of the visit",
  "visitor.visits": "the number of this visit",
  "visitor.last_visit": "time since the last visit",
  "visitor.language": "the language",
  "visitor.timezone": "the time zone",
  "visitor.device": "the device",
  "visitor.tag": "a tag",
  "visitor.local_time": "the time of day",
  "visitor.weekday": "the weekday",
  "idle.time": "time without a sign of them",
  "element.seen": "an element that was on the screen",
  "element.clicked": "an element that was clicked",
  "chat.messages": "the number of messages",
  "chat.last": "time since the last message",
};
/* Those that are so or not. */
const SO = {
  "visitor.new": ["this is their first visit", "this is not their first visit"],
  "visitor.known": ["there is a way to reach them", "there is no way to reach them"],
  "pointer.left": ["the pointer has left the page", "the pointer has not left the page"],
  "form.focused": ["a form field was in use", "no form field was in use"],
  "chat.conversation": ["they are in conversation", "they are not in conversation"],
  "desk.online": ["an agent is at the desk", "no agent is at the desk"],
  "desk.open": ["it is within the opening hours", "it is outside of the opening hours"],
};
const NAMED = [
  [/^page\.query\.(.+)/, (name) => `“${name}” in the address`],
  [/^visit\.utm\.(.+)/, (name) => `utm_${name} of the first page`],
  [/^visitor\.attr\.(.+)/, (name) => `“${name}” of the visitor`],
  [/^trigger\.(.+)\.(.+)/, (id, what) => `how often “${id}” was ${what}`],
];

/* As it is, and as it should be. */
const OPERATORS = {
  eq: ["is", "to be"],
  ne: ["is not", "not to be"],
  contains: ["contains", "to contain"],
  not_contains: ["does not contain", "not to contain"],
  starts_with: ["starts with", "to start with"],
  ends_with: ["ends with", "to end with"],
  glob: ["fits", "to fit"],
  matches: ["matches", "to match"],
  gt: ["is more than", "to be more than"],
  gte: ["is at least", "to be at least"],
  lt: ["is less than", "to be less than"],
  lte: ["is at most", "to be at most"],
  in: ["is one of", "to be one of"],
  not_in: ["is none of", "to be none of"],
};

const fact = (name) => {
  for (const [pattern, words] of NAMED) {
    const found = name.match(pattern);
    if (found) return words(...found.slice(1));
  }
  return FACT_NAMES[name] || name;
};

const value = (asked, ordered) => {
  if (Array.isArray(asked)) return asked.map((one) => value(one, ordered)).join(" or ");
  if (typeof asked == "boolean") return asked ? "yes" : "no";
  if (typeof asked == "number") return String(asked);
  const span = spelled(String(asked));
  return span != asked || (ordered && /^\d\d:\d\d$/.test(asked)) ? span : `“${asked}”`;
};

const compared = (op, asked, should) => {
  if (op == "exists") {
    const known = asked ?? true;
    return should ? `${known ? "" : "not "}to be known` : `is ${known ? "" : "not "}known`;
  }
  const ordered = ["gt", "gte", "lt", "lte"].includes(op);
  return `${OPERATORS[op][should ? 1 : 0]} ${value(asked, ordered)}`;
};

/* What a condition asks; if it `should` come to hold, what goes after “waits”. */
export const asks = (condition, should) => {
  const { fact: name, op: how, value: wanted } = condition;
  if (name in SO && typeof wanted == "boolean" && how != "exists") {
    const words = SO[name][wanted == (how == "eq") ? 0 : 1];
    return should ? `until ${words}` : words;
  }
  if (name) return `${should ? "for " : ""}${fact(name)} ${compared(how, wanted, should)}`;
  const { event, op = "gte", value: count = 1, within, where } = condition;
  const often =
    count == 1 && op == "gte" ? "" : ` ${OPERATORS[op][0].replace(/^is /, "")} ${count} times`;
  const properties = Object.entries(where || {}).map(
    ([name, { op, value }]) => `${name} ${compared(op, value)}`,
  );
  return (
    `${should ? "for " : ""}“${event}” ${should ? "to be" : "was"} tracked${often}` +
    (within ? ` within ${spelled(within)}` : " in this visit") +
    (properties.length ? ` where ${properties.join(" and ")}` : "")
  );
};

/* What was found. */
export const found = ({ kind, value }) => {
  switch (kind) {
    case "missing":
      return "not known";
    case "flag":
      return value ? "yes" : "no";
    case "number":
      return String(Math.round(value * 100) / 100);
    case "span":
      return spanOf(value);
    case "time_of_day":
      return timeOf(value);
    case "texts":
      return value.length ? value.map((text) => `“${text}”`).join(", ") : "none";
    default:
      return value == 1 ? "once" : value ? `${value} times` : "never";
  }
};
