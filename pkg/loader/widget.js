/*
 * The loader: draws a plain launcher, then starts the widget when the page is
 * idle, and takes everything away again. It is the only part that every page
 * view pays for at once, so it is written by hand and kept small.
 *
 *   <script async crossorigin src="https://chat.example.com/widget.js" data-site="KEY"></script>
 *
 * Attributes of the script: data-site (required), data-locale, data-consent
 * ("none", "session" or "persistent"), and data-open, which opens the chat at
 * once.
 *
 * The server calls it with a site and its config, as JSON, where it knows from
 * the page's origin which site it is for.
 *
 * The two WebAssembly modules, `runtime` and `ui`, know the page and each other
 * through one object, `link`, which `start(link)` hands to them:
 *
 *   link.origin    where the server is: the script's address without its name
 *   link.site      the site's key
 *   link.config    what the server says of the site (`SiteConfig`)
 *   link.locale    the language tag the widget speaks, such as `es-MX`
 *   link.languages tags that a greeting may be in: the page's, then the
 *                  browser's
 *   link.date      the server's clock when it sent the config, as HTTP has it;
 *                  nothing if the browser's is as good
 *   link.ask(query)  asks for it again; the promise rejects with the server's
 *                  reason, or with what keeps it from being asked
 *   link.consent   what may be kept, see `widget/runtime/page/memory.js`
 *   link.host      our element in the page; link.root, its open shadow root
 *   link.launcher  the plain launcher; `ui` removes it when its own is there
 *   link.label     what the owner wants on it, if anything
 *   link.words     what the owner says in other words, by the names of `ui`
 *   link.texts     promise of the sentences of `ui`, once `ui` is needed
 *   link.memory    set by runtime, the only writer of cookies and storage:
 *                  { credentials(), keep(credentials), recall(key),
 *                    remember(key, value), forget(key), visits(), consent(word),
 *                    reset(), counts() }
 *   link.erase()   erases everything of ours that the browser remembers
 *   link.rules     set by runtime, which decides who is greeted: { track(name,
 *                  properties), set(attributes), trigger(id, options), page(),
 *                  reset(), consent(word) } for the page; { tell(what, flag),
 *                  messages(count, last_at), react(trigger, what),
 *                  clicked(trigger, button) } for ui
 *   link.early     what the page said of these before runtime was there
 *   link.who       another object each time that the visitor becomes nobody
 *   link.chat      set by ui: { open(), close(), toggle(), greet(greeting),
 *                  moved(), reopen(), identify(token, done), claim(),
 *                  redial(again), destroy() }
 *   link.claims    what the page says of its visitor, as JSON, until ui has it
 *   link.speak(locale)  the language from now on, unless it is not one of ours
 *   link.run()     loads `runtime`, once; the promise never rejects
 *   link.need()    loads `ui`, once; the promise never rejects
 *   link.again()   the same anew, for another visitor or in another language
 *   link.get(name) fetches a file of the modules
 *   link.load(name)  starts a module; the promise never rejects
 *   link.bring(name)  runs a script of the modules; the promise never rejects
 *   link.dial(url) set by `tabs.js`: a socket that tabs share, in place of one of
 *                  this tab
 *   link.title     set by it: the page's title, while its own stands there
 *   link.warn(...words) tells whoever made the page
 *   link.emit(name, detail)  tells the page; never throws
 *   link.fail(error)         a module is beyond help: a plain link remains
 *   link.bye       functions that `destroy` calls
 */
((servedSite, servedConfig) => {
  const page = window;
  const doc = document;
  const { documentElement: html, currentScript } = doc;
  // An element of that name is no stub of ours.
  const stub = typeof page.Saluda == "function" && page.Saluda;
  const warn = (...words) => console.warn("Saluda:", ...words);

  // Pasted twice: the first one stays.
  if (stub && stub.live) return;

  const script =
    currentScript && currentScript.dataset.site
      ? currentScript
      : doc.querySelector('script[data-site][src*="/widget.js"]');
  if (!script) return warn("the script has no data-site attribute");

  const { site, locale, consent = "persistent" } = script.dataset;
  const origin = new URL(".", script.src).href.slice(0, -1);
  const ask = async (query = "") => {
    const answer = await fetch(`${origin}/api/sites/${encodeURIComponent(site)}/config${query}`, {
      credentials: "omit",
      // Going back, a browser would take what it has for good.
      cache: "no-cache",
    });
    link.date = answer.headers.get("date");
    if (answer.ok) return answer.json();
    throw await answer.text();
  };
  /*
   * Whether the server sent or renewed this script for this page view: what came
   * with an older one may have changed. A browser whose clock is wrong, as
   * `SKEW_MS` of the runtime has it, asks, too, and hears what time it is.
   */
  const isFresh = () => {
    try {
      const { transferSize, serverTiming } = performance.getEntriesByName(script.src).pop();
      const { description } = serverTiming.find(({ name }) => name == "saluda");
      return transferSize && Math.abs(description - Date.now()) < 120000;
    } catch {}
  };
  // Before all else: the launcher waits for it, and the line takes its time.
  const asked = servedSite == site && isFresh() ? (async () => JSON.parse(servedConfig))() : ask();

  const names = {
    en: "Open chat",
    es: "Abrir el chat",
    pt: "Abrir o chat",
    ar: "فتح المحادثة",
  };
  const short = (tag) => (tag || "").slice(0, 2).toLowerCase();
  let lang;

  /* What an owner wrote, in the first of the visitor's languages that has it. */
  const own = (texts) => {
    for (const tag of [...link.languages, "en"]) {
      const text = texts && (texts[tag] || texts[short(tag)]);
      if (text) return text;
    }
  };
  const said = () => {
    const { launcher: shape = {}, texts } = link.config;
    link.label = own(shape.style == "label" && shape.label);
    link.words = own(texts);
    host.dir = lang == "ar" ? "rtl" : getComputedStyle(doc.body || html).direction;
  };

  const host = doc.createElement("saluda-widget");
  const listeners = {};
  let dead;
  let failed;
  let wanted;

  const link = {
    origin,
    site,
    consent,
    host,
    ask,
    early: [],
    bye: [],
    warn,
    speak(wish) {
      const tags = (link.languages = [wish, html.lang, ...(navigator.languages || [])]);
      const locale = (host.lang = link.locale = tags.find((tag) => names[short(tag)]) || "en");
      lang = short(locale);
      if (link.launcher) {
        said();
        label();
      }
    },
    erase() {
      try {
        doc.cookie = "saluda=; Path=/; Max-Age=0";
      } catch {}
      for (const where of ["localStorage", "sessionStorage"]) {
        try {
          const storage = page[where];
          for (const key of Object.keys(storage)) {
            if (key.startsWith("saluda.")) storage.removeItem(key);
          }
        } catch {}
      }
    },
    emit(event, detail) {
      if (dead) return;
      for (const hear of [...(listeners[event] || [])]) {
        try {
          hear(detail);
        } catch (error) {
          console.error(error);
        }
      }
      page.dispatchEvent(new CustomEvent("saluda:" + event, { detail }));
    },
    fail(error) {
      if (dead || failed) return;
      failed = 1;
      warn("cannot run here, a link remains.", error);
      Object.assign(draw("a"), {
        href: origin + "/c/" + site,
        target: "_blank",
        rel: "noopener",
      });
      // Not now: this may be a panic, in the middle of a call into the module.
      setTimeout(clean);
      link.emit("error", { message: String((error && error.message) || error) });
    },
  };

  const get = (link.get = (file) =>
    fetch(address(file), { integrity: link.config.modules[file].integrity, credentials: "omit" }));
  const address = (file) => origin + "/" + link.config.modules[file].file;
  link.bring = (file) =>
    configured
      .then(() => import(address(file)))
      .then((script) => dead || failed || script.start(link))
      .catch(warn);
  const load = (link.load = (module) =>
    Promise.all([import(address(module + ".js")), get(module + ".wasm")])
      .then(([script, wasm]) =>
        script.default({ module_or_path: wasm }).then(() => dead || failed || script.start(link)),
      )
      .catch(link.fail));
  let running;
  const runtime = () => (running = running || load("runtime").then(() => failed || link.emit("ready", {})));
  let drawn;
  const configured = new Promise((resolve) => (drawn = resolve));
  link.run = () => configured.then(runtime);
  /*
   * The top layer is above any z-index. A launcher alone need not be there: for
   * that, the browser draws the whole page once more.
   */
  const raise = () => {
    // What the page has thrown out cannot be raised.
    if (!host.isConnected || host.popover) return;
    host.popover = "manual";
    host.showPopover?.();
  };
  let loading;
  link.need = () =>
    (loading =
      loading ||
      link.run().then(() => {
        if (dead || failed) return;
        raise();
        link.texts = get("ui." + lang + ".json").then((answer) => answer.json());
        // Whoever waits for it hears of it; until then it is not "unhandled".
        link.texts.catch(() => {});
        return load("ui");
      }));
  link.again = () => {
    if (!loading || dead || failed) return;
    if (!link.chat) return loading.then(link.again);
    link.chat.destroy();
    link.chat = loading = null;
    return link.need();
  };

  /* Calls what `ui` can do, as soon as it can. */
  const want = (verb) => {
    if (link.chat) return link.chat[verb]();
    wanted = !failed && (verb == "open" || (verb == "toggle" && !wanted));
    if (!wanted) return;
    if (link.launcher) link.launcher.ariaBusy = "true";
    link.need().then(() => {
      if (wanted && link.chat) link.chat.open();
    });
  };

  const label = () => {
    const { launcher, label: words } = link;
    launcher.lastChild.data = words || "";
    launcher.className = words ? "launcher wide" : "launcher";
    // Whoever says what they see must reach it (WCAG 2.5.3).
    launcher.setAttribute("aria-label", (words ? words + ", " : "") + names[lang]);
  };

  /* Draws the launcher, as a button or, when nothing else works, as a link. */
  const draw = (tag) => {
    const launcher = doc.createElement(tag);
    const svg = "http://www.w3.org/2000/svg";
    const icon = doc.createElementNS(svg, "svg");
    const path = doc.createElementNS(svg, "path");
    const focused = link.root.activeElement;
    path.setAttribute(
      "d",
      "M12 4c4.7 0 8.5 3.1 8.5 7s-3.8 7-8.5 7c-.9 0-1.8-.1-2.6-.3L5 20l1-3.6C4.4 15.1 3.5 13.1 3.5 11 3.5 7.1 7.3 4 12 4Z",
    );
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.append(path);
    launcher.append(icon, "");
    link.root.replaceChildren(launcher);
    link.launcher = launcher;
    label();
    if (focused) launcher.focus();
    return launcher;
  };
  const begin = (config) => {
    if (dead) return;
    const { look, launcher: shape } = (link.config = config);
    const sheet = new CSSStyleSheet();
    const colours = (on, ink) => `.launcher{background:${on};color:${ink}}`;
    // Important declarations in here win over important ones of the page, and
    // win over what the browser gives a popover.
    sheet.replaceSync(
      ":host{all:initial!important;display:block!important;position:fixed!important;inset:auto 0 0 auto!important;width:0!important;height:0!important;overflow:visible!important;z-index:2147483647!important}" +
        ":host([hidden]){display:none!important}" +
        ":host::backdrop{display:none!important}" +
        "@media print{:host{display:none!important}}" +
        `.launcher{position:fixed;inset-block-end:calc(20px + env(safe-area-inset-bottom,0px));inset-inline-${look.corner}:20px;box-sizing:border-box;width:56px;height:56px;margin:0;padding:0;border:1px solid transparent;border-radius:50%;display:grid;place-items:center;cursor:pointer;box-shadow:0 2px 6px #10181c1a,0 12px 40px #10181c2e;-webkit-tap-highlight-color:transparent}` +
        ".wide{width:auto;padding-inline:18px 22px;border-radius:28px;grid-auto-flow:column;gap:10px;font:600 15px/1 system-ui,sans-serif;white-space:nowrap}" +
        (shape && shape.style == "hidden" ? "button.launcher{display:none}" : "") +
        ".launcher:focus-visible{outline:2px solid;outline-offset:3px;outline-color:Highlight}" +
        ".launcher svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}" +
        colours(look.accent, look.on_accent) +
        `@media(prefers-color-scheme:dark){${colours(look.accent_dark, look.on_accent_dark)}}`,
    );
    link.root = host.attachShadow({ mode: "open" });
    link.root.adoptedStyleSheets = [sheet];
    said();
    const launcher = draw("button");
    launcher.type = "button";
    launcher.ariaExpanded = "false";
    launcher.onclick = () => Saluda("open");
    for (const approach of ["pointerenter", "focus"]) {
      launcher.addEventListener(approach, () => link.need(), { once: true, passive: true });
    }
    html.append(host);
    drawn();
    const idle = page.requestIdleCallback || ((then) => setTimeout(then, 200));
    idle(() => dead || runtime(), { timeout: 2000 });
  };

  const clean = () => {
    for (const end of link.bye.splice(0)) {
      try {
        end();
      } catch {
        // A module that has failed cannot tidy up either.
      }
    }
    link.chat = link.rules = null;
  };

  const verbs = {
    __proto__: null,
    open: () => want("open"),
    close: () => want("close"),
    toggle: () => want("toggle"),
    show() {
      host.hidden = false;
    },
    hide() {
      host.hidden = true;
    },
    consent(word) {
      // The attribute says that nothing was allowed yet; this takes it back.
      link.consent = word == "none" ? "denied" : word;
      if (link.rules) link.rules.consent(link.consent);
    },
    on(event, hear) {
      (listeners[event] = listeners[event] || new Set()).add(hear);
      if (event == "ready" && link.memory) Promise.resolve({}).then(hear);
      return () => verbs.off(event, hear);
    },
    off(event, hear) {
      if (listeners[event]) listeners[event].delete(hear);
    },
    reset() {
      link.who = {};
      // At once: the page may go on to another.
      link.erase();
      if (link.rules) link.rules.reset();
    },
    destroy(options) {
      dead = 1;
      clean();
      host.remove();
      if (options && options.forget) link.erase();
      if (page.Saluda == Saluda) page.Saluda = () => {};
    },
  };
  for (const verb of ["track", "set", "trigger", "page"]) {
    verbs[verb] = (...words) => {
      if (link.rules) link.rules[verb](...words);
      else if (link.early.length < 100) link.early.push([verb, ...words]);
    };
  }
  // Few pages say these: the code for them comes when they do, one after another.
  let before = configured;
  for (const verb of ["identify", "locale", "theme"]) {
    verbs[verb] = (...words) => {
      const { who } = link;
      before = before
        .then(() => link.bring("verbs.js"))
        .then((verbs) => dead || failed || verbs[verb](link, who, ...words))
        .catch(warn);
    };
  }
  const Saluda = (verb, ...words) => {
    if (dead) return;
    try {
      if (verbs[verb]) return verbs[verb](...words);
      // Said once for each.
      verbs[verb] = () => {};
      warn("there is no `" + verb + "`");
    } catch (error) {
      console.error(error);
    }
  };
  link.speak(locale);
  Saluda.live = true;
  page.Saluda = Saluda;
  for (const call of (stub && stub.q) || []) Saluda(...call);
  if ("open" in script.dataset) want("open");

  /* A chat that cannot be reached leaves nothing in the page. */
  const configure = (asked, last) =>
    asked
      .then(begin)
      .catch((error) => {
        if (dead) return;
        host.remove();
        warn(`no chat here, ${origin} says:`, error);
        if (last) return;
        const again = () => dead || configure(ask(), 1);
        page.addEventListener("online", again, { once: true });
        link.bye.push(() => page.removeEventListener("online", again));
      });
  configure(asked);
})();
