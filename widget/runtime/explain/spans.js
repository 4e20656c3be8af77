/*
 * Times and lengths of time, as a person says them.
 */

const UNITS = [
  ["d", 86400000],
  ["h", 3600000],
  ["min", 60000],
  ["s", 1000],
];

/* The two largest units that matter: `3 min 20 s`. */
export const spanOf = (ms) => {
  const seconds = Math.floor(ms / 1000) * 1000;
  const first = UNITS.findIndex(([, length]) => seconds >= length);
  if (first < 0) return "0 s";
  const said = [];
  let left = seconds;
  for (const [unit, length] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count) said.push(`${count} ${unit}`);
  }
  return said.join(" ");
};

/* How long it is until an instant: never none before it has come. */
export const wait = (until, now) => spanOf(Math.ceil((until - now) / 1000) * 1000);

/* A length of time as it is written in a trigger: `30s` is `30 s`. */
export const spelled = (written) =>
  written.replace(/^(\d+)([smhd])$/, (_, count, unit) => `${count} ${unit == "m" ? "min" : unit}`);

/* A time of day, in milliseconds since midnight. */
export const timeOf = (ms) => {
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  return `${two(ms / 3600000)}:${two((ms / 60000) % 60)}`;
};
