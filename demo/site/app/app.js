// Quick order: three views, and a router made of history.pushState.
import { coffees } from "/app/coffees.js";

const main = document.querySelector("main");
const cart = window.albaCart;

/** Makes an element: a name, properties, children. */
function h(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function catalogue() {
  const rows = coffees.map((coffee) =>
    h("li", { className: "pick" },
      h("a", { href: "/app/coffee/" + coffee.id },
        h("img", { src: `/drawings/${coffee.id}.svg`, alt: "", width: 240, height: 320 }),
        h("span", { className: "pick-name" }, h("strong", {}, coffee.name), h("span", {}, coffee.taste))),
      h("span", { className: "price" }, cart.euro(coffee.price)),
      addButton(coffee, "Add")));
  return {
    title: "Quick order",
    view: [
      h("h1", {}, "Quick order"),
      h("p", { className: "lead" }, "For those who know what they want. Whole bean, 250 g."),
      h("ul", { className: "picks" }, ...rows),
    ],
  };
}

function product(id) {
  const coffee = coffees.find((other) => other.id === id);
  if (!coffee) return missing();
  cart.chat("track", "coffee_viewed", { id });
  return {
    title: coffee.name,
    view: [
      h("p", { className: "trail" }, h("a", { href: "/app/" }, "Catalogue"), " / " + coffee.name),
      h("article", { className: "product" },
        h("div", { className: "stage" },
          h("img", { src: `/drawings/${coffee.id}.svg`, alt: "", width: 240, height: 320 })),
        h("div", {},
          h("p", { className: "eyebrow" }, coffee.place),
          h("h1", {}, coffee.name),
          h("p", { className: "lead" }, coffee.taste),
          h("p", {}, coffee.about),
          addButton(coffee, "Add to cart · " + cart.euro(coffee.price)))),
    ],
  };
}

function basket() {
  return {
    title: "Your cart",
    view: [h("h1", {}, "Your cart"), h("section", { className: "cart", "data-cart": "" }, cart.list())],
  };
}

function missing() {
  return {
    title: "Not here",
    view: [h("h1", {}, "This shelf is empty"), h("p", {}, h("a", { href: "/app/" }, "Back to the catalogue"))],
  };
}

function addButton(coffee, label) {
  const button = h("button", { type: "button", className: "button" }, label);
  button.setAttribute("aria-label", label === "Add" ? "Add " + coffee.name : label);
  button.addEventListener("click", () => {
    cart.add({ id: coffee.id, name: coffee.name, price: coffee.price, grind: "Whole bean", bags: 1 });
    button.textContent = "Added";
    setTimeout(() => (button.textContent = label), 1200);
  });
  return button;
}

function route(path) {
  const parts = path.replace(/^\/app\/?/, "").split("/").filter(Boolean);
  if (parts.length === 0) return catalogue();
  if (parts[0] === "coffee" && parts.length === 2) return product(parts[1]);
  if (parts[0] === "cart" && parts.length === 1) return basket();
  return missing();
}

function show() {
  const { title, view } = route(location.pathname);
  document.title = title + " · Alba Coffee";
  main.replaceChildren(...view);
  for (const link of document.querySelectorAll(".top a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!link || !plain || link.origin !== location.origin || !link.pathname.startsWith("/app/")) return;
  event.preventDefault();
  if (link.pathname !== location.pathname) history.pushState(null, "", link.pathname);
  show();
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
});

addEventListener("popstate", show);
show();
