/*
 * Reads explanations from the words that `crates/rules/src/pack/explanation.rs`
 * writes.
 */

const VERDICTS = ["shows", "held", "rule", "gate", "priority"];
const PARTS = ["all", "any", "not", "one"];
const ACTUALS = ["missing", "flag", "number", "span", "time_of_day", "texts", "count"];

/* In the order of their codes, in which they are named as the reason. */
export const GATES = [
  "status",
  "schedule",
  "hours",
  "frequency",
  "times",
  "gap",
  "dismissal",
  "conversation",
  "agent_pause",
  "per_visit",
  "per_day",
  "any_gap",
  "on_screen",
  "panel",
  "form_focus",
  "visible",
];

/* By the trigger's id. Instants that never come are null. */
export const readExplanations = (words) => {
  let at = 0;
  const next = () => words[at++];
  const instant = () => {
    const instant = next();
    return instant < 0 ? null : instant;
  };
  const list = (one) => Array.from({ length: next() }, () => one());
  const actual = () => {
    const kind = ACTUALS[next()];
    if (kind == "missing") return { kind };
    return { kind, value: kind == "texts" ? list(next) : next() };
  };
  const part = () => {
    const head = { holds: !!next(), until: instant(), closest: !!next(), kind: PARTS[next()] };
    return head.kind == "one" ? { ...head, actual: actual() } : { ...head, parts: list(part) };
  };
  const explanations = new Map();
  while (at < words.length) {
    const trigger = next();
    const [kind, number, other] = [VERDICTS[next()], next(), next()];
    explanations.set(trigger, {
      verdict: { kind, variant: number, gate: GATES[number], other },
      earliest: instant(),
      gates: list(() => ({ gate: GATES[next()], open: !!next(), until: instant() })),
      rule: part(),
    });
  }
  return explanations;
};
