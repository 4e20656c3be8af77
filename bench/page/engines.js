/*
 * What the rules are measured against. Each engine takes the rules in the plain
 * form of `forms.js` and returns what goes through all of them: it notes for
 * each rule whether it holds.
 */

import jsonLogic from "json-logic-js";
import { Engine } from "json-rules-engine";
import { evalCondition } from "@growthbook/growthbook";
import sift from "sift";

import { globSource, languageSource, textSource } from "./forms.js";

/* One closure for each condition and each group, as one writes them by hand. */
const closures = (rules) => {
  const tests = {
    eq: (key, value) => (facts) => facts[key] === value,
    ne: (key, value) => (facts) => facts[key] !== value,
    gt: (key, value) => (facts) => facts[key] > value,
    gte: (key, value) => (facts) => facts[key] >= value,
    lt: (key, value) => (facts) => facts[key] < value,
    lte: (key, value) => (facts) => facts[key] <= value,
    in: (key, value) => (facts) => value.includes(facts[key]),
    exists: (key) => (facts) => facts[key] !== undefined,
    contains: (key, value) => (facts) => facts[key] !== undefined && facts[key].includes(value),
    starts_with: (key, value) => (facts) => facts[key] !== undefined && facts[key].startsWith(value),
    some_in: (key, value) => (facts) => facts[key] !== undefined && facts[key].some((one) => value.includes(one)),
    none_in: (key, value) => (facts) => facts[key] === undefined || !facts[key].some((one) => value.includes(one)),
    glob: (key, value) => tests.matches(key, globSource(value)),
    language: (key, value) => tests.matches(key, languageSource(value)),
    matches: (key, value) => {
      const expression = new RegExp(value);
      return (facts) => facts[key] !== undefined && expression.test(facts[key]);
    },
  };
  const closure = ({ all, any, not, key, op, value }) => {
    if (key) return tests[op](key, value);
    if (not) {
      const part = closure(not);
      return (facts) => !part(facts);
    }
    const parts = (all ?? any).map(closure);
    const joined = !!all;
    return (facts) => {
      for (let at = 0; at < parts.length; at++) if (parts[at](facts) !== joined) return !joined;
      return joined;
    };
  };
  const made = rules.map(closure);
  return (facts, held) => {
    for (let at = 0; at < made.length; at++) held[at] = made[at](facts);
  };
};

/* The source of one function, as a build step would write it. */
const generated = (rules) => {
  const constants = [];
  const constant = (source) => `c${constants.push(source) - 1}`;
  const tests = {
    eq: (fact, value) => `${fact} === ${value}`,
    ne: (fact, value) => `${fact} !== ${value}`,
    gt: (fact, value) => `${fact} > ${value}`,
    gte: (fact, value) => `${fact} >= ${value}`,
    lt: (fact, value) => `${fact} < ${value}`,
    lte: (fact, value) => `${fact} <= ${value}`,
    in: (fact, value) => JSON.parse(value).map((one) => `${fact} === ${JSON.stringify(one)}`).join(" || "),
    exists: (fact) => `${fact} !== undefined`,
    contains: (fact, value) => `${fact} !== undefined && ${fact}.includes(${value})`,
    starts_with: (fact, value) => `${fact} !== undefined && ${fact}.startsWith(${value})`,
    some_in: (fact, value) => `${fact} !== undefined && ${fact}.some((one) => ${constant(value)}.includes(one))`,
    none_in: (fact, value) => `!(${tests.some_in(fact, value)})`,
    glob: (fact, value) => tests.matches(fact, JSON.stringify(globSource(JSON.parse(value)))),
    language: (fact, value) => tests.matches(fact, JSON.stringify(languageSource(JSON.parse(value)))),
    matches: (fact, value) => `${fact} !== undefined && ${constant(`new RegExp(${value})`)}.test(${fact})`,
  };
  const source = ({ all, any, not, key, op, value }) => {
    if (key) return `(${tests[op](`facts.${key}`, JSON.stringify(value))})`;
    if (not) return `!${source(not)}`;
    return `(${(all ?? any).map(source).join(all ? " && " : " || ")})`;
  };
  const lines = rules.map((rule, at) => `held[${at}] = ${source(rule)};`);
  const head = constants.map((value, at) => `const c${at} = ${value};`);
  return new Function(`${head.join("\n")}\nreturn (facts, held) => {\n${lines.join("\n")}\n};`)();
};

const jsonLogicJs = (rules) => {
  const expressions = new Map();
  const made = (source) => {
    if (!expressions.has(source)) expressions.set(source, new RegExp(source));
    return expressions.get(source);
  };
  jsonLogic.add_operation("starts_with", (text, start) => text != null && text.startsWith(start));
  jsonLogic.add_operation("matches", (text, source) => text != null && made(source).test(text));
  const fact = (key) => ({ var: key });
  const known = (key) => ({ "!==": [fact(key), null] });
  const someIn = (key, value) => ({ some: [fact(key), { in: [{ var: "" }, value] }] });
  const tests = {
    eq: (key, value) => ({ "===": [fact(key), value] }),
    ne: (key, value) => ({ "!==": [fact(key), value] }),
    gt: (key, value) => ({ ">": [fact(key), value] }),
    gte: (key, value) => ({ ">=": [fact(key), value] }),
    // What is missing is null there, which is less than 3.
    lt: (key, value) => ({ and: [known(key), { "<": [fact(key), value] }] }),
    lte: (key, value) => ({ and: [known(key), { "<=": [fact(key), value] }] }),
    in: (key, value) => ({ in: [fact(key), value] }),
    exists: known,
    contains: (key, value) => ({ in: [value, fact(key)] }),
    starts_with: (key, value) => ({ starts_with: [fact(key), value] }),
    some_in: someIn,
    none_in: (key, value) => ({ "!": someIn(key, value) }),
  };
  const form = ({ all, any, not, key, op, value }) => {
    if (all) return { and: all.map(form) };
    if (any) return { or: any.map(form) };
    if (not) return { "!": form(not) };
    return tests[op]?.(key, value) ?? { matches: [fact(key), textSource(op, value)] };
  };
  const forms = rules.map(form);
  return (facts, held) => {
    for (let at = 0; at < forms.length; at++) held[at] = jsonLogic.apply(forms[at], facts);
  };
};

const jsonRulesEngine = (rules) => {
  const engine = new Engine([], { allowUndefinedFacts: true });
  const expressions = new Map();
  const made = (source) => {
    if (!expressions.has(source)) expressions.set(source, new RegExp(source));
    return expressions.get(source);
  };
  engine.addOperator("exists", (fact) => fact !== undefined);
  engine.addOperator("startsWith", (fact, value) => fact !== undefined && fact.startsWith(value));
  engine.addOperator("includes", (fact, value) => fact !== undefined && fact.includes(value));
  engine.addOperator("someIn", (fact, value) => fact !== undefined && fact.some((one) => value.includes(one)));
  engine.addOperator("noneIn", (fact, value) => fact === undefined || !fact.some((one) => value.includes(one)));
  engine.addOperator("matches", (fact, value) => fact !== undefined && made(value).test(fact));
  const operators = {
    eq: "equal",
    ne: "notEqual",
    gt: "greaterThan",
    gte: "greaterThanInclusive",
    lt: "lessThan",
    lte: "lessThanInclusive",
    in: "in",
    exists: "exists",
    contains: "includes",
    starts_with: "startsWith",
    some_in: "someIn",
    none_in: "noneIn",
  };
  const form = ({ all, any, not, key, op, value }) => {
    if (all) return { all: all.map(form) };
    if (any) return { any: any.map(form) };
    if (not) return { not: form(not) };
    const operator = operators[op];
    if (operator) return { fact: key, operator, value };
    return { fact: key, operator: "matches", value: textSource(op, value) };
  };
  rules.forEach((rule, at) => engine.addRule({ conditions: form(rule), event: { type: `${at}` } }));
  return async (facts, held) => {
    const { events } = await engine.run(facts);
    held.fill(0);
    for (const event of events) held[event.type] = 1;
  };
};

/* Queries as MongoDB has them. */
const query = ({ all, any, not, key, op, value }) => {
  if (all) return joined(all.map(query));
  if (any) return { $or: any.map(query) };
  if (not) return { $nor: [query(not)] };
  const tests = {
    eq: value,
    ne: { $ne: value },
    gt: { $gt: value },
    gte: { $gte: value },
    // What is missing is null there, which is less than 3.
    lt: { $exists: true, $lt: value },
    lte: { $exists: true, $lte: value },
    in: { $in: value },
    exists: { $exists: true },
    some_in: { $in: value },
    none_in: { $nin: value },
  };
  return { [key]: tests[op] ?? { $regex: textSource(op, value) } };
};

/* One object where no key comes twice, as one writes them by hand. */
const joined = (queries) => {
  const keys = queries.flatMap(Object.keys);
  return new Set(keys).size == keys.length ? Object.assign({}, ...queries) : { $and: queries };
};

const growthbook = (rules) => {
  const queries = rules.map(query);
  return (facts, held) => {
    for (let at = 0; at < queries.length; at++) held[at] = evalCondition(facts, queries[at]);
  };
};

const siftJs = (rules) => {
  const filters = rules.map((rule) => sift(query(rule)));
  return (facts, held) => {
    for (let at = 0; at < filters.length; at++) held[at] = filters[at](facts);
  };
};

export const ENGINES = {
  closures,
  generated,
  growthbook,
  "json-logic-js": jsonLogicJs,
  sift: siftJs,
  "json-rules-engine": jsonRulesEngine,
};
