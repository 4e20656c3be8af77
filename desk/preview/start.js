/*
 * The widget as it is shipped, in a frame of the desk, with a greeting that is
 * being written. It is the page around the widget: it pastes the loader as any
 * page does, and what the widget asks for is played here, so that nothing is
 * sent, stored or counted.
 *
 * The desk says what to show (`scene`, see `desk/src/triggers/preview/scene.rs`),
 * and is told what became of it: `{"is":"ready"}`, `failed`, or `drawn` with how
 * much `room` the bubble takes and whether it has to be scrolled for (`long`).
 * Both speak in texts of JSON. The frame is sandboxed: it is of no origin, and hears the desk of
 * its own server alone.
 */

import { compose } from "../../widget/runtime/page/greeting.js";
import { PlayedSocket, play } from "./play.js";

const home = location.origin;
const own = new URL(import.meta.url).pathname.slice(1);

let scene;
/* The widget that is on the screen: what the loader gave it, the scene that it
 * was pasted for, and what takes it away. */
let link;
let pasted;
let leave;
/* The scene of one that is on its way. */
let pasting;

const tell = (is, more) => parent.postMessage(JSON.stringify({ is, ...more }), home);
const fail = () => {
  pasting = undefined;
  tell("failed");
};

/* What the page around the widget says and does is up to the scene. */
const surround = () => {
  const html = document.documentElement;
  const { WebSocket, fetch } = window;
  const sheet = new CSSStyleSheet();
  const { replaceSync } = CSSStyleSheet.prototype;
  const { focus } = HTMLElement.prototype;
  document.adoptedStyleSheets = [sheet];
  window.WebSocket = PlayedSocket;
  // What is not a built file is the site's config. The rules are ours.
  window.fetch = (address, options) => {
    const { pathname } = new URL(address, home);
    if (pathname.startsWith("/assets/")) return fetch(address, options);
    const file = { file: own };
    const modules = { ...scene.config.modules, "runtime.js": file, "runtime.wasm": file };
    return Promise.resolve(new Response(JSON.stringify({ ...scene.config, modules })));
  };
  window.requestIdleCallback = (then) => setTimeout(then);
  // Dark is what the scene says, and a change is seen at once.
  CSSStyleSheet.prototype.replaceSync = function (text) {
    const holds = scene.dark ? "(min-width:0)" : "(max-width:0)";
    const dark = text.replace(/\(prefers-color-scheme:\s*dark\)/g, holds);
    return replaceSync.call(this, dark + ".greeting,.panel{animation:none!important}");
  };
  // Whoever types at the desk goes on typing there.
  HTMLElement.prototype.focus = function (options) {
    if (document.hasFocus()) focus.call(this, options);
  };
  document.addEventListener(
    "click",
    (event) => event.composedPath().some(({ localName }) => localName == "a") && event.preventDefault(),
    true,
  );
  addEventListener("saluda:error", fail);
  return () => {
    html.lang = scene.language;
    html.dir = scene.rtl ? "rtl" : "ltr";
    replaceSync.call(sheet, `html{background:${scene.dark ? "#10181c" : "#ffffff"}}`);
  };
};
const paint = surround();

/* The greeting as a visitor gets it; none while nothing is said. */
const composed = () => {
  const { id, sender, greeting, experiment, variant, language } = scene;
  const { text, buttons, reply } = greeting;
  const whole = {
    id,
    version: 1,
    sender: { name: sender },
    text: text || {},
    buttons,
    variants: (experiment && experiment.variants) || [],
    ask: (reply && reply.agent && reply.agent.ask) || [],
  };
  try {
    const shown = compose(whole, variant, [language], () => "");
    return (shown.text || "").trim() && shown;
  } catch {
    // Half of it is written.
  }
};

const measure = () => {
  const card = link.root.querySelector(".greeting");
  const said = card && card.firstElementChild;
  tell("drawn", {
    room: card ? Math.ceil(innerHeight - card.getBoundingClientRect().top) : 0,
    long: !!said && said.scrollHeight > said.clientHeight + 1,
  });
};

/* Shows what the scene says in the widget that is there. */
const show = () => {
  const { chat } = link;
  if (!chat) return;
  const greeting = composed();
  if (!greeting) chat.moved();
  else if (scene.view != "after") chat.greet(greeting);
  if (scene.view != "bubble") chat.open();
  // Nobody wants to hear each word that they type.
  for (const live of link.root.querySelectorAll("[aria-live]")) live.ariaLive = "off";
  // What it shows is laid out with the next frame.
  setTimeout(measure, 50);
};

/* Pastes the loader again; what is on the screen stays until the next is. */
const paste = () => {
  if (pasting) return;
  pasting = scene;
  delete window.Saluda;
  const script = document.createElement("script");
  script.src = "/widget.js";
  script.dataset.site = "preview";
  script.dataset.locale = scene.language;
  script.onerror = fail;
  script.onload = () => script.remove();
  paint();
  document.head.append(script);
};

const written = ({ greeting, experiment, variant, sender }) =>
  JSON.stringify([greeting, experiment, variant, sender]);

/* Whether the widget that is there can show another scene. */
const fits = (one, other) =>
  ["language", "dark", "rtl", "view", "turn"].every((what) => one[what] === other[what]) &&
  (one.view != "after" || written(one) == written(other));

/* For the loader, this script is the other module. */
export default async () => {};
export const start = (begun) => {
  const rest = () => {};
  const { Saluda } = window;
  begun.memory = {
    // Whoever has some is connected at once, and told what was said.
    credentials: () => (pasting && pasting.view == "after" && composed() ? "0.0" : undefined),
    keep: rest,
    recall: rest,
    remember: rest,
    forget: rest,
    visits: () => 1,
    consent: rest,
  };
  begun.rules = {
    tell: rest,
    messages: rest,
    clicked: rest,
    react(_, what) {
      // It is wanted here, even if someone tries its X.
      if (what == "dismissed") setTimeout(() => link == begun && show(), 1500);
    },
  };
  play(() => ({ scene, shown: composed() }));
  // Not waited for here: it waits for this.
  begun.need().then(() => {
    if (!pasting || !begun.chat) return;
    const before = leave;
    [link, pasted, pasting] = [begun, pasting];
    leave = () => Saluda("destroy");
    show();
    if (before) before();
    if (!fits(pasted, scene)) paste();
  });
};

addEventListener("message", ({ data, origin, source }) => {
  if (source != parent || origin != home || typeof data != "string") return;
  scene = JSON.parse(data);
  if (pasting) return;
  if (pasted && fits(pasted, scene)) show();
  else paste();
});
tell("ready");
