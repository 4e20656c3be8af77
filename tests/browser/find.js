// Finds things as a person does, also inside shadow roots.

function* everything(root) {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

function roleOf(element) {
  const given = element.getAttribute("role");
  if (given) return given;
  const tag = element.localName;
  if (tag === "a") return element.hasAttribute("href") ? "link" : "";
  if (tag === "input") {
    const kind = element.type;
    return ["text", "email", "password", "search"].includes(kind) ? "textbox" : kind;
  }
  return { button: "button", textarea: "textbox", select: "combobox", form: "form" }[tag] || "";
}

function nameOf(element) {
  const root = element.getRootNode();
  const named = element.getAttribute("aria-labelledby");
  const label = element.getAttribute("aria-label");
  if (named) {
    return named.split(" ").map((id) => root.getElementById(id)?.textContent).join(" ");
  }
  if (label) return label;
  if (element.labels?.length) return [...element.labels].map((one) => one.textContent).join(" ");
  return element.textContent || element.placeholder || "";
}

function isVisible(element) {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true });
}

function find(role, name) {
  for (const element of everything(document)) {
    if (roleOf(element) !== role || !isVisible(element)) continue;
    if (nameOf(element).trim().replace(/\s+/g, " ").startsWith(name)) return element;
  }
  return null;
}

function words() {
  const read = (root) =>
    [...root.children].map((element) => {
      if (element.shadowRoot) return read(element.shadowRoot);
      const hosts = [...element.querySelectorAll("*")].filter((one) => one.shadowRoot);
      return [element.innerText ?? "", ...hosts.map((host) => read(host.shadowRoot))].join("\n");
    }).join("\n");
  return document.body ? read(document.documentElement) : "";
}
