/*
 * Reads in a browser's trace how long a page's thread ran scripts.
 */

/* What has to be traced for it. */
export const CATEGORIES = ["__metadata", "v8", "v8.execute"];

/* What a trace calls it when a thread compiles scripts or runs them. */
const RUNS = [
  "v8.compile",
  "v8.run",
  "v8.compileModule",
  "v8.evaluateModule",
  "v8.callFunction",
  "RunMicrotasks",
];

/* For how many milliseconds main threads were in one of `RUNS`. */
export const timeOfScripts = (events) => {
  const named = events.filter(
    ({ name, args }) => name == "thread_name" && args.name == "CrRendererMain",
  );
  const threads = new Set(named.map(({ tid }) => tid));
  const spans = [];
  const begun = {};
  for (const { name, ph, tid, ts, dur } of events.toSorted((a, b) => a.ts - b.ts)) {
    if (!threads.has(tid) || !RUNS.includes(name)) continue;
    // Some are told when they are over, others when they begin and when they end.
    if (ph == "X") spans.push([ts, ts + dur]);
    else if (ph == "B") (begun[tid] ??= []).push(ts);
    else if (begun[tid]?.length) spans.push([begun[tid].pop(), ts]);
  }
  let time = 0;
  let last = 0;
  for (const [from, to] of spans.sort(([one], [other]) => one - other)) {
    // What happens within another is a part of it.
    time += Math.max(0, to - Math.max(from, last));
    last = Math.max(to, last);
  }
  return time / 1000;
};
