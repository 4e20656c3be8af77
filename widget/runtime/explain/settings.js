/*
 * What can be pretended, as a form: each change holds at once.
 */

import { element, newId } from "./dom.js";
import { DAY_MS, aheadIn, hoursAround, instantOf, wallOf } from "./zone.js";

const HOUR_MS = 3600000;
const OWN_HOURS = "09:00-17:00";

const field = (label, control, ...more) => {
  control.id = newId();
  const name = element("label", { htmlFor: control.id }, label);
  const row = element("div", { className: "row" }, control, ...more);
  return element("div", { className: "field" }, name, row);
};

/* A choice among `options`, by their value; the first is how it is. */
const choice = (options, value, changed) => {
  const select = element("select");
  for (const [value, words] of options) select.append(element("option", { value }, words));
  select.value = value ?? "";
  select.onchange = () => changed(select.value || undefined);
  return select;
};

const zones = () =>
  Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : ["UTC", "Europe/Lisbon"];

/* A text that may be refused: then it is said why, and nothing changes. */
const text = (properties, value, changed, check) => {
  const input = element("input", { ...properties, value: value ?? "" });
  input.onchange = () => {
    const wrong = input.value && check(input.value);
    input.setCustomValidity(wrong || "");
    if (wrong) input.reportValidity();
    else changed(input.value || undefined);
  };
  return input;
};

/*
 * Fills the form. `change(changes)` takes what is to be pretended; `now()` is
 * the time, by what is pretended; `visits` which visit it really is.
 */
export const fillSettings = (form, pretence, now, visits, consent, change) => {
  const { real } = pretence;
  const by = (ms) => () => change({ ahead_ms: pretence.ahead_ms() + ms });
  const quick = (words, label, ms) =>
    element("button", { type: "button", onclick: by(ms), "aria-label": label }, words);
  const shown = pretence.get("ahead_ms") ? wallOf(now(), pretence.ahead).slice(0, 16) : "";
  const time = text(
    { type: "datetime-local", className: "whole" },
    shown,
    (wall) => {
      const real_now = now() - pretence.ahead_ms();
      change({ ahead_ms: wall && instantOf(wall, pretence.ahead) - real_now });
    },
    () => "",
  );
  const hours = pretence.get("hours");
  const own = hours && !["open", "closed"].includes(hours);
  const windows = text(
    {
      type: "text",
      className: "whole",
      "aria-label": "Hours of each day",
      placeholder: "09:00-13:00 14:00-18:00",
    },
    own ? hours : "",
    (windows) => change({ hours: windows || OWN_HOURS }),
    (windows) =>
      hoursAround(windows, now(), aheadIn("UTC")) ? "" : "Hours are like 09:00-13:00 14:00-18:00",
  );
  windows.hidden = !own;
  const agent = pretence.get("agent");
  const set = (name) => (value) => change({ [name]: value });
  form.replaceChildren(
    field(
      "Date and time",
      time,
      quick("+1 h", "An hour later", HOUR_MS),
      quick("+1 d", "A day later", DAY_MS),
    ),
    field(
      "Time zone",
      choice(
        [["", `As it is: ${real.timezone}`], ...zones().map((zone) => [zone, zone])],
        pretence.get("zone"),
        set("zone"),
      ),
    ),
    field(
      "Visit number",
      text(
        { type: "number", min: 1, max: 100000, step: 1, placeholder: `As it is: ${visits}` },
        pretence.get("visit"),
        (visit) => change({ visit: visit && +visit }),
        (visit) => (/^[1-9]\d{0,5}$/.test(visit) ? "" : "Visits are counted from 1"),
      ),
    ),
    field(
      "Language",
      text(
        {
          type: "text",
          placeholder: `As it is: ${real.language}`,
          spellcheck: false,
          autocapitalize: "off",
        },
        pretence.get("language"),
        set("language"),
        (tag) => (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? "" : "A language is like es-MX"),
      ),
    ),
    field(
      "Device",
      choice(
        [
          ["", `As it is: ${real.device}`],
          ["desktop", "Desktop"],
          ["tablet", "Tablet"],
          ["phone", "Phone"],
        ],
        pretence.get("device"),
        set("device"),
      ),
    ),
    field(
      "Consent",
      choice(
        [
          ["", `As it is: ${consent}`],
          ["persistent", "Persistent"],
          ["session", "For the session"],
          ["none", "None yet"],
          ["denied", "Withdrawn"],
        ],
        pretence.get("consent"),
        set("consent"),
      ),
    ),
    field(
      "Opening hours",
      choice(
        [
          ["", "As they are"],
          ["open", "Always open"],
          ["closed", "Always closed"],
          ["own", "Each day…"],
        ],
        own ? "own" : hours,
        (hours) => change({ hours: hours == "own" ? OWN_HOURS : hours }),
      ),
      windows,
    ),
    field(
      "Agent at the desk",
      choice(
        [
          ["", `As it is: ${real.agent ? "yes" : "no"}`],
          ["yes", "Yes"],
          ["no", "No"],
        ],
        agent === undefined ? "" : agent ? "yes" : "no",
        (value) => change({ agent: value && value == "yes" }),
      ),
    ),
  );
};
