/*
 * Verdicts and gates in words: why a trigger shows or not.
 */

import { asks } from "./condition.js";
import { spelled, wait } from "./spans.js";

/* What each gate is called when it is open. */
export const GATE_NAMES = {
  status: "published",
  schedule: "its dates",
  hours: "its hours",
  frequency: "how often",
  times: "how many times",
  gap: "its own gap",
  dismissal: "not closed before",
  conversation: "not in conversation",
  agent_pause: "no agent within the hour",
  per_visit: "greetings of a visit",
  per_day: "greetings of a day",
  any_gap: "gap between greetings",
  on_screen: "no greeting on the screen",
  panel: "chat closed",
  form_focus: "no form field in use",
  visible: "page visible",
};

const CLOSED = {
  status: () => "it is not on your pages",
  schedule: ({ schedule: { from, until } }, opens) =>
    opens || !until ? `its dates begin ${day(from)}` : `its dates ended ${day(until)}`,
  hours: ({ schedule }) =>
    `it shows only while you are ${schedule.hours == "outside" ? "closed" : "open"}`,
  frequency: ({ frequency }) =>
    ({
      once: "it was already shown to this visitor",
      visit: "it was already shown in this visit",
      always: "it was shown, and its rule has held ever since",
    })[frequency],
  times: ({ limits }) => `it was shown ${times(limits.times)}, and may not be shown again`,
  gap: ({ limits }) => `it was shown less than ${spelled(limits.gap)} ago`,
  dismissal: ({ after_dismiss: after }) =>
    after == "visit"
      ? "it was closed in this visit"
      : after == "forever"
        ? "it was closed, and stays away for good"
        : `it was closed less than ${spelled(after)} ago`,
  conversation: () => "this visitor is in conversation",
  agent_pause: () => "an agent wrote within the last hour",
  per_visit: (_, __, { per_visit }) => `this visit has had its ${greetings(per_visit)}`,
  per_day: (_, __, { per_day }) => `this day has had its ${greetings(per_day)}`,
  any_gap: () => "the last greeting was a moment ago",
  on_screen: () => "a greeting is on the screen",
  panel: () => "the chat is open",
  form_focus: () => "a form field is in use",
  visible: () => "the page is not visible",
};

const times = (count) => (count == 1 ? "once" : `${count} times`);
const greetings = (count) => (count == 1 ? "one greeting" : `${count} greetings`);
const day = (wall) => (wall || "").replace("T", " at ");

const sentence = (text) => text[0].toUpperCase() + text.slice(1);

/* Why a gate is closed. */
export const closed = (gate, until, trigger, attention) =>
  sentence(CLOSED[gate](trigger, until != null, attention));

/* The conditions that would have to change, with how they are written. */
const closest = (part, rule) => {
  if (part.kind == "one") return part.closest ? [[part, rule]] : [];
  const rules = rule[part.kind];
  const each = part.kind == "not" ? [rules] : rules;
  return part.parts.flatMap((one, index) => closest(one, each[index]));
};

const left = (until, now) => (until > now ? `: ${wait(until, now)} left` : "");

/*
 * Says why in a line, and with how good a `tone`: "good" shows, "wait" only
 * takes time, "shut" needs something else, "off" is not on any page.
 */
export const say = (trigger, explanation, told) => {
  const { now, attention, onScreen, nameOf } = told;
  if (trigger.mistakes) {
    return ["off", `Decides nothing: ${trigger.mistakes.map(({ message }) => message).join("; ")}`];
  }
  if (trigger.status == "paused") return ["off", "Paused: it is not on your pages"];
  if (trigger.status == "error") return ["off", `Stopped: ${trigger.reason || ""}`];
  const { verdict, gates, rule } = explanation;
  if (onScreen == trigger.id) return ["good", "On the screen now"];
  switch (verdict.kind) {
    case "shows":
      return ["good", "Shows now"];
    case "held":
      return ["off", "Would show, but this browser is among those who see nothing"];
    case "priority":
      return ["wait", `Another goes first: ${nameOf(verdict.other)}`];
    case "gate": {
      const { until } = gates.find(({ gate }) => gate == verdict.gate);
      const why = closed(verdict.gate, until, trigger, attention);
      return [until ? "wait" : "shut", why + left(until, now)];
    }
    default: {
      const steps = closest(rule, trigger.rule);
      if (!steps.length) return ["shut", "Its rule can never hold"];
      const [part, condition] = steps[0];
      const others = steps.length - 1;
      const more = others ? `, and ${others} more condition${others > 1 ? "s" : ""}` : "";
      const words = part.holds
        ? `until it is no longer so that ${asks(condition)}`
        : asks(condition, true);
      return [part.until ? "wait" : "shut", `Waits ${words}${left(part.until, now)}${more}`];
    }
  }
};

/* What time alone will do. */
export const outlook = ({ verdict, earliest }, now) => {
  if (["shows", "held"].includes(verdict.kind)) return "";
  if (earliest == null) return "Time alone will not make it show.";
  if (earliest <= now) return "Nothing else stands in its way.";
  return `If nothing happens but time, it shows in ${wait(earliest, now)}.`;
};
