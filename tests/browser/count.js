// Counts what a page has going: timers, listeners, observers, requests.

window.going = (() => {
  const timers = new Map();
  const listeners = new Map();
  const observers = new Set();
  let requests = 0;
  let stored = 0;

  for (const [start, end, lasts] of [
    ["setTimeout", "clearTimeout", false],
    ["setInterval", "clearInterval", true],
    ["requestAnimationFrame", "cancelAnimationFrame", false],
    ["requestIdleCallback", "cancelIdleCallback", false],
  ]) {
    const [real, stop] = [window[start].bind(window), window[end].bind(window)];
    window[start] = (then, ...rest) => {
      const id = real((...words) => {
        if (!lasts) timers.delete(start + id);
        then(...words);
      }, ...rest);
      timers.set(start + id, { kind: start, ms: typeof rest[0] === "number" ? rest[0] : 0 });
      return id;
    };
    window[end] = (id) => {
      timers.delete(start + id);
      stop(id);
    };
  }

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const keyOf = (target, kind, options) => {
    const capture = typeof options === "object" ? !!options?.capture : !!options;
    if (!listeners.has(target)) listeners.set(target, new Map());
    return kind + capture;
  };
  const setOf = (target, key) => {
    const kinds = listeners.get(target);
    if (!kinds.has(key)) kinds.set(key, new Set());
    return kinds.get(key);
  };
  EventTarget.prototype.addEventListener = function (kind, hear, options) {
    const target = this ?? window;
    if (hear) setOf(target, keyOf(target, kind, options)).add(hear);
    return add.call(target, kind, hear, options);
  };
  EventTarget.prototype.removeEventListener = function (kind, hear, options) {
    const target = this ?? window;
    if (hear) setOf(target, keyOf(target, kind, options)).delete(hear);
    return remove.call(target, kind, hear, options);
  };

  for (const name of ["MutationObserver", "IntersectionObserver", "ResizeObserver"]) {
    const Real = window[name];
    window[name] = class extends Real {
      observe(...words) {
        observers.add(this);
        return super.observe(...words);
      }
      disconnect() {
        observers.delete(this);
        return super.disconnect();
      }
    };
  }

  const { fetch } = window;
  window.fetch = (...words) => ++requests && fetch(...words);
  const beacon = navigator.sendBeacon.bind(navigator);
  navigator.sendBeacon = (...words) => ++requests && beacon(...words);
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (...words) {
    stored += 1;
    return setItem.apply(this, words);
  };

  return {
    fetch: window.fetch,
    timers: () => [...timers.values()],
    observers: () => observers.size,
    requests: () => requests,
    stored: () => stored,
    // On what is in the page, and what always is.
    listeners() {
      let count = 0;
      for (const [target, kinds] of listeners) {
        if (target instanceof Node && !target.isConnected) continue;
        for (const heard of kinds.values()) count += heard.size;
      }
      return count;
    },
  };
})();
