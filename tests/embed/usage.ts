/*
 * A page as an owner would write it, compiled against the types we ship. It
 * holds what must compile, and what must not.
 */
import { load } from "../../pkg/index";
import type { Saluda, SaludaAttributes, SaludaMessage } from "../../pkg/index";

const attributes: SaludaAttributes = { site: "demo", locale: "es-MX", consent: "none" };
const script = document.createElement("script");
script.src = "https://chat.example.com/widget.js";
script.async = true;
Object.assign(script.dataset, attributes);
document.head.append(script);

const chat = window.Saluda;
if (chat) use(chat);

// From npm: one promise for one script, and nothing happens before it is called.
load({ server: "https://chat.example.com", site: "demo", locale: "es-MX", consent: "session" }).then(use);
// @ts-expect-error The server is not known by itself.
void load({ site: "demo" });

function use(saluda: Saluda): void {
  saluda("open");
  saluda("close");
  saluda("toggle");
  saluda("hide");
  saluda("show");
  saluda("consent", "session");
  saluda("consent", "persistent");
  saluda("consent", "none");
  saluda("consent", "granted");
  saluda("consent", "denied");
  saluda("identify", { token: "eyJ…" });
  saluda("identify", { email: "ines@cafelargo.pt", name: "Inês", plan: "pro", days_left: 3 });
  saluda("locale", "pt-BR");
  saluda("theme", "dark");
  saluda("theme", "auto");
  saluda("reset");

  const stop = saluda("on", "unread", ({ count }) => {
    document.title = count > 0 ? `(${count}) Shop` : "Shop";
  });
  stop?.();

  const hear = (message: SaludaMessage): void => console.log(message.id, message.from === "agent");
  saluda("on", "message", hear);
  saluda("off", "message", hear);
  saluda("on", "ready", () => saluda("open"));
  saluda("on", "error", ({ message }) => console.warn(message));

  saluda("track", "plan_compared", { plan: "pro", months: 12, yearly: true });
  saluda("track", "signup");
  saluda("set", { plan: "trial", days_left: 3, name: null, tags: ["customer"] });
  saluda("trigger", "pricing-help", { force: true });
  saluda("page");
  saluda("on", "trigger", ({ trigger, variant, held }) => console.log(trigger, variant ?? "original", held));
  saluda("on", "greeting", ({ trigger }) => trigger.toUpperCase());
  saluda("on", "dismissed", ({ trigger }) => trigger.toUpperCase());

  saluda("on", "identified", (identified) => {
    if (!identified.verified && identified.code) console.warn(identified.code, identified.message);
  });

  saluda("destroy");
  saluda("destroy", { forget: true });

  // @ts-expect-error There is no such verb.
  saluda("explode");
  // @ts-expect-error There is no such event.
  saluda("on", "explosion", () => {});
  // @ts-expect-error A property of an event is one value.
  saluda("track", "plan_compared", { plans: ["pro", "team"] });
  // @ts-expect-error A greeting is told of without its text.
  saluda("on", "greeting", ({ text }) => text);
  // @ts-expect-error A theme is a word.
  saluda("theme", { dark: true });
  // @ts-expect-error A token stands alone: what it says is in it.
  saluda("identify", { token: "eyJ…", plan: ["pro"] });
  // @ts-expect-error There are three states.
  saluda("consent", "perhaps");
  // @ts-expect-error An event never holds what was said.
  saluda("on", "message", ({ text }) => text);
}

window.addEventListener("saluda:unread", (event) => event.detail.count.toFixed());
window.addEventListener("saluda:message", (event) => event.detail.from satisfies "agent" | "visitor");
