/*
 * The pages that are measured: one text, and beside it nothing, a plain button,
 * one whose script asks a server first, our widget, or one of those that can be
 * had from npm.
 */

const TEXT = Array.from(
  { length: 40 },
  (_, at) => `<p>Paragraph ${at + 1}. The river was low that summer, and the boats lay where they were.</p>`,
).join("\n");

const page = (rest) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A page</title>
<h1>A page</h1>
${TEXT}
${rest}`;

/* Draws a button as someone writes it who wants nothing else. */
const DRAW = `
  const button = document.createElement("button");
  button.id = "launcher";
  button.textContent = "Chat";
  button.style.cssText = "position:fixed;right:20px;bottom:20px;width:56px;height:56px;border:0;border-radius:50%;background:#0b6e76;color:#fff";
  button.onclick = () => alert("Hello");
  document.body.append(button);`;
const BUTTON = "document.getElementById('launcher')";

/* What nobody is below who asks for a site's settings before they draw. */
export const ASKS = `
const { chat } = document.currentScript.dataset;
fetch(chat + "/api/sites/demo/config", { credentials: "omit" })
  .then((answer) => answer.json())
  .then(() => {${DRAW}
  });`;

/* What draws each launcher; an expression that is true once it is there. */
export const PAGES = {
  none: { html: page(""), launcher: "true" },
  button: { html: page(`<script>addEventListener("load", () => {${DRAW}});</script>`), launcher: BUTTON },
  asks: { html: (chat) => page(`<script async src="/asks.js" data-chat="${chat}"></script>`), launcher: BUTTON },
  saluda: {
    html: (chat) => page(`<script async crossorigin src="${chat}/widget.js" data-site="demo"></script>`),
    launcher: "document.querySelector('saluda-widget')?.shadowRoot?.querySelector('.launcher')",
  },
  "@typebot.io/js": {
    html: page(`<script type="module">
      import Typebot from "/typebot.js";
      Typebot.initBubble({ typebot: "bench", apiHost: location.origin });
    </script>`),
    launcher: "document.querySelector('typebot-bubble')?.shadowRoot?.querySelector('button')",
  },
  "@n8n/chat": {
    html: page(`<link rel="stylesheet" href="/n8n.css">
    <script type="module">
      import { createChat } from "/n8n.js";
      createChat({ webhookUrl: location.origin + "/hook" });
    </script>`),
    launcher: "document.querySelector('.chat-window-toggle')",
  },
};
