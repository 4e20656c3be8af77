/*
 * Elements, made of text and of nothing that is parsed.
 */

let ids = 0;

/* An id that no other element of the panel has. */
export const newId = () => `e${ids++}`;

/* An element with these properties; `aria-…` and the like are attributes. */
export const element = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && !name.includes("-")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
};

/* A drawing of lines, 20 by 20. */
export const icon = (d) => {
  const svg = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(svg, "svg");
  const path = document.createElementNS(svg, "path");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", d);
  drawing.append(path);
  return drawing;
};

/* Writes a text where it is another: a screen reader hears of each change. */
export const write = (target, text) => {
  if (target.textContent != text) target.textContent = text;
};

/* A button that opens and closes something. Returns `toggle(open)`. */
export const discloses = (button, content, opened = () => {}) => {
  content.id = newId();
  button.type = "button";
  button.setAttribute("aria-controls", content.id);
  const toggle = (open) => {
    content.hidden = !open;
    button.setAttribute("aria-expanded", open);
  };
  button.onclick = () => {
    toggle(content.hidden);
    opened();
  };
  toggle(false);
  return toggle;
};
