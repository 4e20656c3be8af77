// A page without a framework. Nothing is stored before the visitor agrees.

import { load } from "saluda";

const element = (id) => document.getElementById(id);

const saluda = await load({
  server: "https://chat.example.com",
  site: "SITE_KEY",
  consent: "none",
});

saluda("on", "unread", ({ count }) => {
  element("unread").textContent = count ? `${count} new` : "";
});
element("ask").onclick = () => saluda("open");
element("consent").onchange = ({ target }) =>
  saluda("consent", target.checked ? "persistent" : "none");
