/*
 * The rules in the one form that all other engines' forms are made from: each
 * condition with the key of its fact, texts in lower case, lengths of time in
 * milliseconds. What the other engines know of a visit is under the same keys.
 */

const UNITS = { s: 1000, m: 60000, h: 3600000, d: 86400000 };

const keyOf = ({ fact, event, within }) =>
  (fact ?? ["event", event, within].filter(Boolean).join("_")).replace(/\W/g, "_");

const valueOf = (fact, value) => {
  if (Array.isArray(value)) return value.map((one) => valueOf(fact, one));
  if (typeof value != "string") return value;
  if (fact == "page.time") return parseInt(value) * UNITS[value.slice(-1)];
  return value.toLowerCase();
};

/* A rule of a trigger file in the plain form: `{ all }`, `{ any }`, `{ not }` or
 * `{ key, op, value }`. */
export const plain = (rule) => {
  if (rule.all) return { all: rule.all.map(plain) };
  if (rule.any) return { any: rule.any.map(plain) };
  if (rule.not) return { not: plain(rule.not) };
  const key = keyOf(rule);
  const value = valueOf(rule.fact, rule.value);
  if (rule.fact == "visitor.language") return { key, op: "language", value: [value].flat() };
  if (rule.fact == "visitor.tag") return { key, op: rule.op == "in" ? "some_in" : "none_in", value };
  return { key, op: rule.op, value };
};

const keysOf = (rule) =>
  rule.key ? [rule.key] : (rule.all ?? rule.any ?? [rule.not]).flatMap(keysOf);

/* What is known of a visit, with every key that a rule asks for and in one order,
 * so that objects of all visits are of one shape. */
export const complete = (rules, facts) => {
  const keys = [...new Set(rules.flatMap(keysOf))].sort();
  return Object.fromEntries(
    keys.map((key) => [key, facts[key] ?? (key.startsWith("event_") ? 0 : undefined)]),
  );
};

export const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/* A glob as the source of a regular expression. */
export const globSource = (glob) => {
  const all = glob.endsWith("/**");
  const body = all ? glob.slice(0, -3) : glob;
  const signs = { "**": ".*", "*": "[^/]*", "?": "[^/]" };
  const parts = body.split(/(\*\*|\*|\?)/).map((part) => signs[part] ?? escaped(part));
  return `^${parts.join("")}${all ? "(/.*)?" : ""}$`;
};

export const languageSource = (ranges) => `^(${ranges.map(escaped).join("|")})(-|$)`;

/* A test of texts as the source of a regular expression, for engines whose only
 * test of texts that is. */
export const textSource = (op, value) =>
  ({
    glob: () => globSource(value),
    matches: () => value,
    contains: () => escaped(value),
    starts_with: () => `^${escaped(value)}`,
    language: () => languageSource(value),
  })[op]?.();
