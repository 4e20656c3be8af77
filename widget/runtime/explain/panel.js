/*
 * The panel: at the side that the launcher leaves free, on a phone at the
 * bottom. In a shadow root of its own; all that it shows is text.
 */

import { element, icon, write } from "./dom.js";
import { pretendView } from "./pretend.js";
import { SHEET } from "./sheet.js";
import { wait } from "./spans.js";
import { triggerView } from "./trigger.js";

const NARROW = "(max-width: 640px)";
const TITLE_WORDS = "Why it shows, or not";

const tool = (label, title, drawing) =>
  element("button", { type: "button", className: "icon", title, "aria-label": label }, icon(drawing));

/* An element at the page's end, above all of it, with a root of our own. */
const openHost = () => {
  const host = element("saluda-explain", { lang: "en", dir: "ltr" });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [sheet];
  // The page has no use for what is typed here.
  for (const kind of ["keydown", "keyup", "keypress"]) {
    root.addEventListener(kind, (event) => event.stopPropagation());
  }
  document.documentElement.append(host);
  if (host.showPopover) {
    host.popover = "manual";
    host.showPopover();
  }
  return host;
};

const clockOf = (pretence) => {
  const format = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone: "UTC",
  });
  return (now) => `${format.format(now + pretence.ahead(now) * 60000)}, ${pretence.zone()}`;
};

/*
 * Opens it. `does` is what it can do: `pretend(changes)`, `forget()`, `end()`,
 * and `opened()`, when there is more to be seen.
 */
export const openPanel = (link, pretence, now, does) => {
  const { triggers, attention, expires_at } = link.config.explain;
  const host = openHost();
  const clockWords = clockOf(pretence);
  const nameOf = (id) => `“${triggers.find((one) => one.id == id)?.name || id}”`;
  /* Which greeting is on the screen. */
  let greeting;

  const clock = element("p", { className: "clock" });
  const put = tool("Hide", "Hide (Esc)", "M4 10h12");
  const end = tool("End", "End: this page is an ordinary one again", "M5 5l10 10M15 5L5 15");
  const header = element(
    "header",
    {},
    element("div", {}, element("h2", {}, TITLE_WORDS), clock),
    put,
    end,
  );
  const views = triggers.map((trigger) => triggerView(trigger, attention, () => does.opened()));
  const list = element("ul", { className: "triggers" }, ...views.map(({ item }) => item));
  if (!views.length) {
    list.append(element("li", { className: "soft none" }, "This site has no triggers yet."));
  }
  if (views.length == 1) views[0].toggle(true);
  const pretend = pretendView(link, pretence, now, does);
  const footer = element("footer", { className: "soft" });
  const panel = element(
    "section",
    { className: "panel", "aria-label": `Saluda: ${TITLE_WORDS}` },
    header,
    element("div", { className: "scroll" }, ...pretend.parts, list),
    footer,
  );
  const tab = element("button", { type: "button", className: "tab" }, TITLE_WORDS);
  const launcherIsRight = (link.config.look.corner == "end") == (link.host.dir != "rtl");
  for (const part of [panel, tab]) part.classList.toggle("right", !launcherIsRight);
  host.shadowRoot.append(panel, tab);

  const hide = (hidden) => {
    panel.hidden = hidden;
    tab.hidden = !hidden;
  };
  hide(false);
  put.onclick = () => {
    hide(true);
    tab.focus();
  };
  tab.onclick = () => {
    hide(false);
    put.focus();
    does.opened();
  };
  end.onclick = () => does.end();
  panel.onkeydown = (event) => {
    if (event.key == "Escape" && !event.defaultPrevented) put.onclick();
  };

  /* What comes on a phone comes where the panel is. */
  const aside = () => matchMedia(NARROW).matches && hide(true);
  const greeted = ({ detail }) => {
    greeting = detail.trigger;
    aside();
  };
  addEventListener("saluda:greeting", greeted);
  addEventListener("saluda:open", aside);

  return {
    hidden: () => panel.hidden,
    /* Whether something happens in it, and not in the page. */
    holds: (event) => event.composedPath().includes(host),
    /* Shows explanations by their triggers' ids; `visits` is which visit it is. */
    show(explanations, now, visits) {
      pretend.show(visits);
      write(clock, clockWords(now));
      const left = expires_at - (now - pretence.ahead_ms());
      const ends =
        left > 0
          ? `The link is good for ${wait(left, 0)} more.`
          : "The link has expired: the next page is an ordinary one.";
      write(footer, `Only in this tab. Nothing is counted. ${ends}`);
      triggers.forEach(({ id }, index) => {
        const explanation = explanations.get(id);
        const seen = explanation?.gates.some(({ gate, open }) => gate == "on_screen" && !open);
        const onScreen = seen ? greeting : undefined;
        views[index].update(explanation, { now, attention, onScreen, nameOf });
      });
    },
    remove() {
      removeEventListener("saluda:greeting", greeted);
      removeEventListener("saluda:open", aside);
      host.remove();
    },
  };
};
