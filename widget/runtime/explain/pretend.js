/*
 * The part of the panel in which something is pretended.
 */

import { discloses, element, write } from "./dom.js";
import { fillSettings } from "./settings.js";

/* Its `parts`, and `show`, which is told which visit it is. */
export const pretendView = (link, pretence, now, does) => {
  let visits = 1;
  const pretended = element("span", { className: "soft" });
  const form = element("form", { onsubmit: () => false });
  const reset = element("button", { type: "button" }, "Reset all");
  const forget = element("button", { type: "button" }, "Forget what was shown");
  const actions = element("div", { className: "actions" }, reset, forget);
  const settings = element("div", { className: "settings" }, form, actions);
  const head = element("button", { className: "pretend" }, element("span", {}, "Pretend"), pretended);

  const focused = () => form.getRootNode().activeElement;
  const change = (changes) => {
    const place = [...form.elements].indexOf(focused());
    does.pretend(changes);
    fill();
    form.elements[place]?.focus();
  };
  const fill = () => {
    fillSettings(form, pretence, now, visits, link.consent, change);
    const words = pretence.words();
    write(pretended, words.length ? `another ${words.join(", ")}` : "nothing: all is as it is");
    reset.disabled = !words.length;
  };
  discloses(head, settings, fill);
  fill();
  reset.onclick = () => {
    change(null);
    // Nothing is left to reset.
    head.focus();
  };
  forget.onclick = () => does.forget();

  return {
    parts: [element("h3", { className: "over" }, head), settings],
    show(number) {
      if (number == visits) return;
      visits = number;
      // Not under the hands of whoever is typing.
      if (!form.contains(focused())) fill();
    },
  };
};
