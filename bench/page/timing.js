/* How long something takes, in nanoseconds: the median of some rounds. */

const ROUNDS = 11;
const ROUND_MS = 5;
/* So long it runs before it counts: until the browser has compiled it well. */
const WARM_UP_MS = 100;

/* `run(times)` repeats what is measured so many times. */
const median = async (run) => {
  let times = 1;
  const time = async () => {
    const start = performance.now();
    await run(times);
    return performance.now() - start;
  };
  for (const start = performance.now(); performance.now() - start < WARM_UP_MS; ) {
    if ((await time()) < ROUND_MS) times *= 2;
  }
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await time());
  rounds.sort((one, other) => one - other);
  return (rounds[ROUNDS >> 1] / times) * 1e6;
};

/* Of something that repeats itself. */
export const medianOfMany = median;

/* Of something that may return a promise. */
export const medianOf = (repeat) => {
  if (repeat()?.then) {
    return median(async (times) => {
      for (let at = 0; at < times; at++) await repeat();
    });
  }
  return median((times) => {
    for (let at = 0; at < times; at++) repeat();
  });
};
