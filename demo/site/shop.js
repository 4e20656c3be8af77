// The cart: kept in this browser, shown on every page.
"use strict";

(function () {
  const KEY = "alba-cart";
  const PLANS = {
    kitchen: { id: "plan-kitchen", name: "Plan: One kitchen", price: 12, grind: "Monthly" },
    "two-cups": { id: "plan-two-cups", name: "Plan: Two cups each", price: 22, grind: "Monthly" },
    office: { id: "plan-office", name: "Plan: Office", price: 58, grind: "Every two weeks" },
  };

  // What our product team wants to know, for greetings that come at the right
  // moment. Before the chat's script has arrived, it waits here.
  function chat(...words) {
    window.Saluda = window.Saluda || function () { (Saluda.q = Saluda.q || []).push(arguments); };
    window.Saluda(...words);
  }

  // A browser may refuse storage. The cart then lasts as long as the page.
  let unsaved = [];

  function read() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || [];
    } catch {
      return unsaved;
    }
  }

  function write(lines) {
    unsaved = lines;
    try {
      localStorage.setItem(KEY, JSON.stringify(lines));
    } catch {
      // Kept above.
    }
    show();
    window.dispatchEvent(new Event("alba-cart"));
  }

  function add(line) {
    const lines = read();
    const same = lines.find((other) => other.id === line.id && other.grind === line.grind);
    if (same) same.bags += line.bags;
    else lines.push(line);
    write(lines);
    chat("track", "added_to_cart", { id: line.id, price: line.price });
  }

  function remove(id, grind) {
    write(read().filter((line) => line.id !== id || line.grind !== grind));
  }

  function total(lines) {
    return lines.reduce((sum, line) => sum + line.price * line.bags, 0);
  }

  function euro(amount) {
    return "€" + amount.toFixed(2);
  }

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // The lines of the cart as a list, or a sentence when there are none.
  function list() {
    const lines = read();
    if (lines.length === 0) return element("p", "Nothing here yet. The coffees are one page back.");
    const box = element("div", undefined, "lines");
    for (const line of lines) {
      const row = element("div", undefined, "line");
      const words = element("div");
      words.append(element("strong", line.name), element("span", line.grind));
      const drop = element("button", "Remove", "quiet");
      drop.type = "button";
      drop.setAttribute("aria-label", "Remove " + line.name);
      drop.addEventListener("click", () => remove(line.id, line.grind));
      row.append(words, element("span", line.bags + " ×"), element("span", euro(line.price * line.bags)), drop);
      box.append(row);
    }
    const sum = element("div", undefined, "line sum");
    sum.append(element("strong", "Together"), element("span", euro(total(lines))));
    const pay = element("button", "Go to payment", "button");
    pay.type = "button";
    const said = element("p", undefined, "said");
    said.setAttribute("role", "status");
    pay.addEventListener("click", () => {
      chat("track", "paid", { total: total(lines) });
      said.textContent = "This shop is a demonstration: nothing is charged and nothing is sent.";
    });
    box.append(sum, pay, said);
    return box;
  }

  function show() {
    const bags = read().reduce((sum, line) => sum + line.bags, 0);
    chat("set", { cart_items: bags });
    for (const count of document.querySelectorAll("[data-cart-count]")) count.textContent = String(bags);
    for (const cart of document.querySelectorAll("[data-cart]")) cart.replaceChildren(list());
  }

  for (const form of document.querySelectorAll("[data-add]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const bags = Math.max(1, Math.min(20, Number(form.elements.bags.value) || 1));
      const grind = form.elements.grind.value;
      add({ id: form.dataset.add, name: form.dataset.name, price: Number(form.dataset.price), grind, bags });
      form.querySelector(".said").textContent = bags === 1 ? "In your cart." : bags + " bags in your cart.";
    });
  }

  const plan = PLANS[new URLSearchParams(location.search).get("plan")];
  if (plan) {
    // Reloading must not order a second time.
    history.replaceState(null, "", location.pathname);
    add({ ...plan, bags: 1 });
  }

  const coffee = location.pathname.match(/^\/coffee\/(\w+)\.html$/);
  if (coffee) chat("track", "coffee_viewed", { id: coffee[1] });

  window.albaCart = { add, list, euro, chat };
  window.addEventListener("storage", show);
  show();
})();
