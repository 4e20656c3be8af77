/*
 * What is known of the visitor before the page begins, and what time it is.
 */

/* A clock that is further from the server's than this is taken for wrong; the loader has the same. */
const SKEW_MS = 120000;
/* The clock is set once within this time, if at all. */
const HALF_YEAR_MS = 15778800000;

/* Tells the time: the browser's, or the server's where that is wrong. */
export const serverClock = (link) => {
  const offset = Date.parse(link.date) - Date.now();
  const skew = Math.abs(offset) > SKEW_MS ? offset : 0;
  return () => Date.now() + skew;
};

export const device = !matchMedia("(pointer: coarse)").matches
  ? "desktop"
  : Math.min(screen.width, screen.height) < 600
    ? "phone"
    : "tablet";

// A formatter costs fifty times what the zone costs by itself, where it is told.
export const timezone =
  window.Temporal?.Now?.timeZoneId() || Intl.DateTimeFormat().resolvedOptions().timeZone || "";

/* How many minutes the visitor's clock is ahead of UTC. */
export const ahead = (at) => -new Date(at).getTimezoneOffset();

/* Deals the visitor to experiments, if nothing is remembered. */
export const dice = () => crypto.getRandomValues(new Uint32Array(2));

/* The visitor's clock: minutes ahead of UTC, when that changes, and to what. */
export const localClock = (now, ahead) => {
  let from = now;
  let to = now + HALF_YEAR_MS;
  if (ahead(from) == ahead(to)) return [ahead(now), -1, 0];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (ahead(middle) == ahead(now)) from = middle;
    else to = middle;
  }
  return [ahead(now), to, ahead(to)];
};

/* The words that begin a page, up to what is kept. */
export const firstWords = ({ pack, online }, now) => [
  ...pack,
  ...dice(),
  navigator.language,
  timezone,
  device,
  ...localClock(now, ahead),
  online,
];
