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
      this.failed.push(String(error));
    },
    need: () => Promise.resolve(),
    memory: {
      credentials: () => credentials,
      keep: (value) => (credentials = value),
      recall: (key) => notes.get(key),
      remember: (key, value) => notes.set(key, value),
      forget: (key) => notes.delete(key),
      visit: () => '{"number":3}',
      consent: () => {},
    },
    notes,
  };
  return link;
}

export const press = (name) => button(name).click();
const button = (name) => {
  const found = [...link.root.querySelectorAll("button")].find(
    (one) => name_of(one) === name && one.checkVisibility(),
  );
  if (!found) throw new Error(`no button named ${name}`);
  return found;
};
const name_of = (element) => element.getAttribute("aria-label") ?? element.textContent.trim();
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
  [...link.root.querySelectorAll("p, div, span, a")].some(
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
