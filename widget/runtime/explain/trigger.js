/*
 * One trigger in the list: its verdict in a line, and behind it the rule with
 * what was found, and the gates.
 */

import { asks, found } from "./condition.js";
import { discloses, element, write } from "./dom.js";
import { wait } from "./spans.js";
import { GATE_NAMES, closed, outlook, say } from "./verdict.js";

const GROUPS = { all: "all of", any: "any of", not: "not" };

const label = ({ status, edited }) => {
  if (status == "draft") return "Draft";
  if (edited) return "Edited";
  return { paused: "Paused", error: "Stopped" }[status] || "";
};

const note = ({ status, edited }) => {
  if (status == "draft") return "Not published: a draft, only you see it.";
  if (edited) return "Shown as it is edited. Visitors see what was published last.";
  return "";
};

const mark = (line, holds) => {
  line.className = holds ? "line holds" : "line fails";
  const sign = line.firstChild;
  sign.setAttribute("aria-label", holds ? "holds" : "does not hold");
  write(sign, holds ? "✓" : "✗");
};

const sign = () => element("span", { className: "sign", role: "img" });

/* A part of a rule as it is written. Returns it, and what brings it up to date. */
const partView = (rule) => {
  const kind = ["all", "any", "not"].find((kind) => kind in rule);
  const line = element("div", {}, sign());
  if (!kind) {
    const actual = element("span", { className: "actual" });
    const step = element("span", { className: "step" }, "closest step");
    line.append(
      element("div", { title: JSON.stringify(rule) }, asks(rule), element("br"), actual, step),
    );
    const update = (part, now) => {
      mark(line, part.holds);
      const left = part.until > now ? ` · ${wait(part.until, now)} left` : "";
      write(actual, `now: ${found(part.actual)}${left}`);
      step.hidden = !part.closest;
    };
    return [element("li", {}, line), update];
  }
  const rules = kind == "not" ? [rule.not] : rule[kind];
  const views = rules.map(partView);
  const empty = kind == "all" ? "nothing: it always holds" : "nothing: it never holds";
  line.append(element("span", { className: "group" }, rules.length ? GROUPS[kind] : empty));
  const update = (part, now) => {
    mark(line, part.holds);
    views.forEach(([, update], index) => update(part.parts[index], now));
  };
  const list = element("ul", { className: "tree" }, ...views.map(([view]) => view));
  return [element("li", {}, line, list), update];
};

/* The gates: those that are closed or about to change line by line. */
const gatesView = (trigger, attention) => {
  const list = element("ul", { className: "tree" });
  const lines = new Map();
  const rest = element("p", { className: "soft" });
  const update = (gates, now) => {
    const open = [];
    const shown = [];
    for (const { gate, open: isOpen, until } of gates) {
      if (isOpen && !until) {
        open.push(GATE_NAMES[gate]);
        continue;
      }
      if (!lines.has(gate)) {
        lines.set(gate, element("div", {}, sign(), element("span")));
      }
      const line = lines.get(gate);
      mark(line, isOpen);
      const left = until > now ? wait(until, now) : "";
      const why = isOpen ? GATE_NAMES[gate] : closed(gate, until, trigger, attention);
      write(line.lastChild, why + (left && (isOpen ? `, for ${left} more` : `, opens in ${left}`)));
      shown.push(line);
    }
    list.replaceChildren(...shown.map((line) => line.parentNode || element("li", {}, line)));
    write(rest, `Open: ${open.join(", ")}.`);
    rest.hidden = !open.length;
  };
  return [[list, rest], update];
};

/*
 * `told` is what verdicts need besides, see `say`. Returns the element, `update`,
 * and `toggle`, which opens and closes what is behind the verdict.
 */
export const triggerView = (trigger, attention, opened) => {
  const verdict = element("span", { className: "verdict" });
  const tag = element("span", { className: "tag" }, label(trigger));
  tag.hidden = !label(trigger);
  const button = element(
    "button",
    { className: "head" },
    element("span", { className: "dot" }),
    element("span", { className: "name" }, trigger.name),
    tag,
    verdict,
  );
  const body = element("div", { className: "body" });
  const item = element("li", { className: "trigger" }, element("h3", {}, button), body);
  const toggle = discloses(button, body, opened);
  const about = element("p", { className: "soft" }, note(trigger));
  about.hidden = !note(trigger);
  body.append(about);
  const time = element("p", { className: "soft" });
  const [rule, updateRule] = partView(trigger.rule);
  const [gates, updateGates] = gatesView(trigger, attention);
  if (!trigger.mistakes) {
    body.append(
      time,
      element("h4", {}, "Rule"),
      element("ul", { className: "tree" }, rule),
      element("h4", {}, "Gates"),
      ...gates,
    );
  }
  const update = (explanation, told) => {
    const [tone, words] = say(trigger, explanation, told);
    item.dataset.tone = tone;
    write(verdict, words);
    if (body.hidden || !explanation) return;
    const then = told.onScreen == trigger.id ? "" : outlook(explanation, told.now);
    time.hidden = !then;
    write(time, then);
    updateRule(explanation.rule, told.now);
    updateGates(explanation.gates, told.now);
  };
  return { item, update, toggle };
};
