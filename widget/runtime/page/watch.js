/*
 * Watches the page for what the rules ask for, and for nothing else. All
 * listeners are passive, and none does work for each frame.
 */

import {
  ELEMENT_CLICKED,
  ELEMENT_SEEN,
  FORM_FOCUS,
  POINTER_LEFT,
  SCROLL,
  TITLE,
} from "./engine.js";

/* How long scrolling goes on before it is looked at. */
const SCROLL_MS = 150;
/* How long a new page may take to get its height. */
const SETTLE_MS = 1000;
/* How long the pointer is away before it has left. */
const LEFT_MS = 250;
/* How long a page that changes is left alone before new elements are sought. */
const CHANGE_MS = 300;

const FIELDS =
  "input:not([type=button],[type=submit],[type=reset],[type=checkbox],[type=radio],[type=range],[type=color],[type=file],[type=image]),textarea,select,[contenteditable]:not([contenteditable=false])";

/*
 * `host` is our own element; `ends` takes functions that end the watching;
 * `tell(code, …words)` takes what is seen; `sign()` notes a sign of the visitor;
 * `on(target, kind, hear)` listens until then. Returns what is to be done when a
 * page begins.
 */
export const watch = (host, ends, needs, tell, sign, on) => {
  const html = document.documentElement;
  const timers = {};
  const later = (name, then, ms) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(then, ms);
  };
  ends.push(() => Object.values(timers).forEach(clearTimeout));
  const begin = [];

  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) on(window, kind, sign);
  if (needs.idle) for (const kind of ["pointermove", "scroll"]) on(window, kind, sign);

  const field = (event) => {
    const [element] = event.composedPath();
    return event.target != host && element.matches?.(FIELDS);
  };
  on(document, "focusin", (event) => field(event) && tell(FORM_FOCUS, 1));
  on(document, "focusout", (event) => field(event) && tell(FORM_FOCUS, 0));
  begin.push(() => document.activeElement?.matches(FIELDS) && tell(FORM_FOCUS, 1));

  if (needs.title) {
    let title;
    const look = () => title != document.title && tell(TITLE, (title = document.title));
    const observer = new MutationObserver(look);
    observer.observe(document.head || html, { childList: true, subtree: true, characterData: true });
    ends.push(() => observer.disconnect());
    begin.push(() => (title = document.title));
  }

  const touch = matchMedia("(pointer: coarse)").matches;
  if (needs.scroll || (needs.pointer && touch)) {
    let deepest;
    let top = 0;
    const look = () => {
      timers.scroll = 0;
      const { scrollTop, clientHeight, scrollHeight } = document.scrollingElement || html;
      // A pixel may be lost to rounding.
      const depth = ((scrollTop + clientHeight + 1) / scrollHeight) * 100;
      if (needs.scroll && depth > deepest) tell(SCROLL, (deepest = depth));
      // A thumb that flicks back up is what leaving is with a mouse.
      if (needs.pointer && touch && top - scrollTop > clientHeight * 0.4) tell(POINTER_LEFT, 1);
      top = scrollTop;
    };
    on(window, "scroll", () => timers.scroll || later("scroll", look, SCROLL_MS));
    begin.push(() => {
      deepest = 0;
      if (document.readyState == "complete") later("scroll", look, SETTLE_MS);
      else on(window, "load", () => later("scroll", look, SETTLE_MS));
    });
  }

  if (needs.pointer) {
    let left;
    const come = () => {
      clearTimeout(timers.pointer);
      if (left) tell(POINTER_LEFT, (left = 0));
    };
    on(html, "mouseleave", (event) => {
      if (event.clientY <= 0) later("pointer", () => tell(POINTER_LEFT, (left = 1)), LEFT_MS);
    });
    on(html, "mouseenter", come);
    on(window, "touchstart", () => tell(POINTER_LEFT, 0));
    begin.push(() => (left = 0));
  }

  const each = (selectors, then) => {
    for (const selector of selectors) {
      try {
        then(selector);
      } catch {
        // No page has an element by it.
      }
    }
  };
  if (needs.clicked.length) {
    on(document, "click", (event) => {
      const [element] = event.composedPath();
      each(needs.clicked, (selector) => element.closest(selector) && tell(ELEMENT_CLICKED, selector));
    });
  }

  if (needs.seen.length) {
    let missing;
    const seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        each(missing, (selector) => {
          if (target.matches(selector)) {
            missing.delete(selector);
            tell(ELEMENT_SEEN, selector);
          }
        });
      }
      if (!missing.size) stop();
    });
    const look = () => each(missing, (selector) => document.querySelectorAll(selector).forEach((one) => seen.observe(one)));
    const changes = new MutationObserver(() => later("seen", look, CHANGE_MS));
    const stop = () => {
      seen.disconnect();
      changes.disconnect();
    };
    ends.push(stop);
    begin.push(() => {
      stop();
      missing = new Set(needs.seen);
      changes.observe(html, { childList: true, subtree: true });
      look();
    });
  }
  return () => begin.forEach((one) => one());
};
