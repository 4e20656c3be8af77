/*
 * Wall clocks: what they show in a zone, and which instant that is.
 */

const MINUTE_MS = 60000;
export const DAY_MS = 86400000;

/* By zone, what `aheadIn` made: a format is costly to make. */
const zonesAhead = new Map();

/* How many minutes a zone's clock is ahead of UTC, by the instant. */
export const aheadIn = (zone) => {
  if (!zonesAhead.has(zone)) zonesAhead.set(zone, clockIn(zone));
  return zonesAhead.get(zone);
};

const clockIn = (zone) => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (at) => {
    const shown = {};
    for (const { type, value } of format.formatToParts(at)) shown[type] = +value;
    const { year, month, day, hour, minute, second } = shown;
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return Math.round((wall - at) / MINUTE_MS);
  };
};

/* The instant at which a clock shows this, as `2026-03-02T09:30`. */
export const instantOf = (wall, ahead) => {
  const utc = Date.parse(wall + "Z");
  // Near a change of the clock the first guess may be an hour off.
  const guess = utc - ahead(utc) * MINUTE_MS;
  return utc - ahead(guess) * MINUTE_MS;
};

/* What a clock shows at an instant, as `2026-03-02T09:30:00`. */
export const wallOf = (at, ahead) =>
  new Date(at + ahead(at) * MINUTE_MS).toISOString().slice(0, 19);

/*
 * The same hours on each day around an instant, as the engine takes them: pairs
 * of instants. Reads `09:00-13:00 14:00-18:00`; undefined if that is no hours.
 */
export const hoursAround = (text, at, ahead) => {
  const windows = text.trim().split(/[\s,]+/).map((one) => one.match(/^(\d\d:\d\d)-(\d\d:\d\d)$/));
  if (windows.some((window) => !window || window[1] >= window[2] || window[2] > "24:00")) return;
  windows.sort((one, other) => (one[1] < other[1] ? -1 : 1));
  const pairs = [];
  for (let day = -8; day <= 32; day++) {
    const date = wallOf(at + day * DAY_MS, ahead).slice(0, 10);
    for (const [, opens, closes] of windows) {
      const [from, to] = [opens, closes].map((time) =>
        time == "24:00"
          ? instantOf(date + "T00:00", ahead) + DAY_MS
          : instantOf(`${date}T${time}`, ahead),
      );
      // Windows that overlap or touch are one.
      if (pairs.length && from <= pairs.at(-1)[1]) pairs.at(-1)[1] = Math.max(to, pairs.at(-1)[1]);
      else pairs.push([from, to]);
    }
  }
  return pairs;
};
