// A page with a fake loader and a fake server, for the tests beside it.

const config = (email) => ({
  name: "Alba Coffee",
  look: { accent: "#0b6e76", on_accent: "#ffffff", accent_dark: "#37b3bc", on_accent_dark: "#06282b", corner: "end" },
  reply_within_ms: 300000,
  email,
  modules: {},
});

let link;
export let sockets = [];

class FakeSocket extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
    this.readyState = 0;
    this.sent = [];
    sockets.push(this);
    setTimeout(() => {
      this.readyState = 1;
      this.dispatchEvent(new Event("open"));
    });
  }
  send(text) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
  }
}
FakeSocket.OPEN = 1;

export function make_link(email, texts, credentials) {
  window.WebSocket = FakeSocket;
  sockets = [];
  document.documentElement.querySelectorAll("saluda-widget").forEach((old) => old.remove());
  const host = document.createElement("saluda-widget");
  const root = host.attachShadow({ mode: "open" });
  // As in the loader's sheet.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ".launcher{position:fixed;inset-block-end:20px;inset-inline-end:20px;width:56px;height:56px}",
  );
  root.adoptedStyleSheets = [sheet];
  const launcher = document.createElement("button");
  root.append(launcher);
  document.documentElement.append(host);
  const notes = new Map();
  link = {
    origin: "https://chat.example",
    site: "demo",
    locale: "en",
    config: config(JSON.parse(email)),
    host,
    root,
    launcher,
    texts: Promise.resolve(JSON.parse(texts)),
    events: [],
    failed: [],
    bye: [],
    emit(name, detail) {
      this.events.push([name, detail]);
    },
    fail(error) {
      this.failed.push(String(error)); console.error(String(error));
    },
    need: () => Promise.resolve(),
    brought: [],
    bring(name) {
      this.brought.push(name);
    },
    told: [],
    rules: {
      tell: (what, value) => link.told.push([what, value]),
      messages: (count, lastAt) => link.told.push(["messages", count, lastAt]),
      react: (trigger, what) => link.told.push([trigger, what]),
      clicked: (trigger, button) => link.told.push([trigger, "clicked", button]),
    },
    memory: {
      credentials: () => credentials,
      keep: (value) => (credentials = value),
      recall: (key) => notes.get(key),
      remember: (key, value) => notes.set(key, value),
      forget: (key) => notes.delete(key),
      visits: () => 3,
      consent: () => {},
    },
    notes,
  };
  return link;
}

// What the owner chose besides.
export const own = (label, words, open) => {
  link.label = label;
  link.words = JSON.parse(words);
  link.config.open = JSON.parse(open);
};
// The form before the chat and the question after it, as the owner chose them.
export const with_form = (form, rating) => Object.assign(link.config, { form: JSON.parse(form), rating: JSON.parse(rating) });
export const keep_note = (key, value) => link.notes.set(key, value);
/* The site's settings are another from now on. Whoever asks waits for `release`. */
let released;
export const answer_config = (config) => {
  const wait = new Promise((resolve) => (released = resolve));
  window.fetch = async (address) => {
    if (address != "https://chat.example/api/sites/demo/config") throw new Error(`asked for ${address}`);
    await wait;
    return new Response(config);
  };
};
/* Answers, and marks the form that is there, to tell it from the next. */
export const release = () => {
  link.root.querySelector("form.sheet").dataset.old = "1";
  released();
};
export const is_anew = () => Boolean(link.root.querySelector("form.sheet:not([data-old])"));
const labelled = (name) =>
  [...link.root.querySelectorAll("input, select, textarea")].find((one) => {
    const words = one.getAttribute("aria-label") ?? one.labels[0]?.textContent ?? "";
    return one.checkVisibility() && words.replace(/\s+/g, " ").trim() === name;
  });
export const field_named = (name) => labelled(name)?.id;
export const tick = (id) => link.root.getElementById(id).click();
export const click_id = tick;
export const is_there = (id) => link.root.getElementById(id)?.checkVisibility() ?? false;
export const describes = (id) =>
  (link.root.getElementById(id).getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((part) => link.root.getElementById(part)?.textContent ?? "")
    .join(" ");

export const press = (name) => button(name).click();
const button = (name) => {
  const found = [...link.root.querySelectorAll("button")].find(
    (one) => name_of(one) === name && one.checkVisibility(),
  );
  if (!found) throw new Error(`no button named ${name}`);
  return found;
};
const name_of = (element) => {
  const hidden = (node) => node.parentElement.closest("[aria-hidden=true]");
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words = [];
  while (texts.nextNode()) if (!hidden(texts.currentNode)) words.push(texts.currentNode.data);
  return element.getAttribute("aria-label") ?? words.join(" ").trim();
};
export const has_button = (name) => {
  try {
    return Boolean(button(name));
  } catch {
    return false;
  }
};
export const can_press = (name) => has_button(name) && !button(name).disabled;
export const says = (role, text) =>
  [...link.root.querySelectorAll(`[role=${role}]`)].some(
    (one) => one.checkVisibility() && one.textContent.includes(text),
  );
export const shows = (text) =>
  [...link.root.querySelectorAll("p, div, span, a, bdi, small")].some(
    (one) => one.checkVisibility() && one.textContent.trim() === text,
  );
export const is_open = () => link.root.querySelector("[role=dialog]")?.checkVisibility() ?? false;
export const type_into = (id, text) => {
  const field = link.root.getElementById(id);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
export const key = (id, name, composing) =>
  link.root
    .getElementById(id)
    .dispatchEvent(new KeyboardEvent("keydown", { key: name, isComposing: composing, bubbles: true, cancelable: true }));
export const value_of = (id) => link.root.getElementById(id).value;
export const is_disabled = (id) => link.root.getElementById(id).disabled;
export const focused = () => link.root.activeElement?.id ?? "";
// What has the focus, by what it is called; keys go there.
export const focused_name = () => (link.root.activeElement ? name_of(link.root.activeElement) : "");
export const press_key = (key) =>
  link.root.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
export const look_at = (id) => link.root.getElementById(id).focus();
export const attribute = (id, name) => link.root.getElementById(id).getAttribute(name);
export const is_checked = (name) => button(name).ariaChecked == "true";
export const with_notices = (notices) => (link.config.notices = JSON.parse(notices));
export const hear = (text) => {
  const socket = sockets.at(-1);
  socket.dispatchEvent(new MessageEvent("message", { data: text }));
};
export const lose = () => sockets.at(-1).dispatchEvent(new CloseEvent("close"));
export const socket_count = () => sockets.length;
export const socket_url = () => sockets.at(-1).url;
export const sent = () => JSON.stringify((sockets.at(-1)?.sent ?? []).map((text) => JSON.parse(text)));
export const kept = (key) => link.notes.get(key);
export const credentials = () => link.memory.credentials();
export const events = () => JSON.stringify(link.events);
export const links = () =>
  JSON.stringify([...link.root.querySelectorAll("[role=log] a")].map((a) => [a.href, a.rel, a.target]));
const line = (text) =>
  [...link.root.querySelectorAll("[role=log] > *")].find((one) => one.textContent.includes(text));
export const mark = (text) => (line(text).marked = true);
export const is_marked = (text) => line(text)?.marked ?? false;
export const log = () => link.root.querySelector("[role=log]").innerText.replace(/\s+/g, " ");
export const leave = () => {
  for (const end of link.bye.splice(0)) end();
  return link.root.childElementCount;
};
export const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

// Greetings, as the other module would show them.
export const greet = (greeting) => link.chat.greet(JSON.parse(greeting));
export const moved = () => link.chat.moved();
export const without_rules = () => delete link.rules;
export const right_to_left = () => (link.host.dir = "rtl");
export const told = () => JSON.stringify(link.told);
const card = () =>
  [...link.root.querySelectorAll("[aria-live=polite] > [role=group]")].find((one) => one.checkVisibility());
export const greeting_name = () => card()?.getAttribute("aria-label");
export const press_escape_in = (name) => {
  const pressed = button(name);
  pressed.focus();
  pressed.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
};
export const choices = () =>
  JSON.stringify([...card().querySelectorAll("a")].map((a) => [name_of(a), a.getAttribute("href"), a.target, a.rel]));
export const follow = (name) => {
  const links = [...link.root.querySelectorAll("a")].filter((one) => one.checkVisibility());
  const followed = links.find((one) => name_of(one) === name);
  // The test's page stays where it is.
  followed.addEventListener("click", (event) => event.preventDefault(), { once: true });
  followed.click();
};
/* What stands where: [start, top, end, bottom] of both, and what scrolls. */
export const places = () => {
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const launcher = link.root.getElementById("launcher");
  const text = card().firstElementChild;
  return JSON.stringify({
    page: [innerWidth, innerHeight, document.documentElement.scrollWidth, document.documentElement.scrollHeight],
    greeting: box(card()),
    launcher: box(launcher),
    scrolls: text.scrollHeight > text.clientHeight,
    wide: text.scrollWidth > text.clientWidth,
  });
};

// Files, as a person would choose, drop and paste them; requests that send them.
let asked = [];
class FakeRequest extends EventTarget {
  constructor() {
    super();
    this.upload = new EventTarget();
    this.headers = {};
    this.aborted = false;
  }
  open(method, to) {
    this.to = `${method} ${to}`;
  }
  setRequestHeader(name, value) {
    this.headers[name] = value;
  }
  send(file) {
    this.size = file.size;
    asked.push(this);
  }
  abort() {
    this.aborted = !this.status;
  }
}
let forbidden;
export const take_uploads = () => {
  asked = [];
  window.XMLHttpRequest = FakeRequest;
  // No server has the pictures: whether they come is the test's word.
  forbidden = false;
  link.root.addEventListener("error", (event) => forbidden || event.stopImmediatePropagation(), true);
};
export const uploads = () =>
  JSON.stringify(asked.map(({ to, headers, size, aborted }) => ({ to, headers, size, aborted })));
export const come = (share) =>
  asked.at(-1).upload.dispatchEvent(new ProgressEvent("progress", { loaded: share * 1000, total: 1000 }));
export const answer = (status, body) => {
  Object.assign(asked.at(-1), { status, responseText: body });
  asked.at(-1).dispatchEvent(new Event("load"));
};
export const is_there_at_all = (id) => Boolean(link.root.getElementById(id));
export const cut = () => asked.at(-1).dispatchEvent(new Event("error"));
/* Whether the event was taken, so that the browser does nothing by itself. */
export const give = (how, list) => {
  const data = new DataTransfer();
  if (how == "paste text") data.setData("text/plain", "1\t2");
  for (const { name, type, size } of JSON.parse(list)) data.items.add(new File([new Uint8Array(size)], name, { type }));
  const at = link.root.getElementById(how == "choose" ? "files" : "composer");
  const rest = { bubbles: true, cancelable: true };
  let event = new DragEvent(how, { dataTransfer: data, ...rest });
  if (how == "choose") {
    at.files = data.files;
    event = new Event("change", rest);
  } else if (how.startsWith("paste")) {
    event = new ClipboardEvent("paste", { clipboardData: data, ...rest });
  }
  return !at.dispatchEvent(event);
};
const seen = (selector) => [...link.root.querySelectorAll(selector)].filter((one) => one.checkVisibility());
export const previews = () => seen("form img[src^='blob:']").length;
export const progress = () => seen("progress")[0]?.value;
export const pictures = () =>
  JSON.stringify(
    seen("[role=log] img").map((one) => {
      const { width, height } = one.getBoundingClientRect();
      return [one.src, Math.round(width), Math.round(height)];
    }),
  );
const dialog = () => link.root.querySelector("dialog[open]");
export const enlarged = () => dialog()?.querySelector("img").alt;
export const press_key_in_dialog = (key) => {
  const within = dialog();
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true });
  within.querySelector("button").dispatchEvent(event);
  // What the browser does by itself with a key that a person pressed.
  if (!event.defaultPrevented) within.close();
  return true;
};
export const forbid_pictures = () => {
  forbidden = true;
  link.root.querySelectorAll("[role=log] img").forEach((one) => one.dispatchEvent(new Event("error")));
};
