/*
 * The small module in every page: what it is made of where visitors are.
 */

import { call, load } from "./engine.js";
import { explain, explainToken } from "./explained.js";
import { firstWords, serverClock } from "./facts.js";
import { openMemory } from "./memory.js";
import { openReports } from "./report.js";
import { run } from "./run.js";

export default ({ module_or_path }) => load(module_or_path);

const page = (link) =>
  run(link, {
    now: serverClock(link),
    first: (now) => firstWords(link.config.rules, now),
    say: (words, entrance) => call(words.flat(), entrance),
    openMemory,
    openReports,
    hear: (listener) => listener,
    renews: 1,
  });

export const start = (link) => {
  const token = explainToken();
  return token ? explain(link, token, page) : page(link);
};
