/*
 * Counts what happened to greetings: tells the server in batches, of nobody and
 * without a word of text.
 *
 * Each event has an id of its own and stays in the memory until the server has
 * it, so a page that ends in the middle loses and doubles nothing.
 */

const KEY = "reports";
/* So long events wait for others. */
const WAIT_MS = 3000;
/* Most events in one report, and most that are kept. */
const BATCH = 50;
const KEPT = 200;

const random = () =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

export const openReports = (link, device) => {
  const { memory } = link;
  const address = `${link.origin}/api/sites/${encodeURIComponent(link.site)}/events`;
  let timer;
  let under_way;

  const kept = () => {
    try {
      const list = JSON.parse(memory.recall(KEY) || "[]");
      return Array.isArray(list) ? list : [];
    } catch {
      return [];
    }
  };
  const keep = (list) =>
    list.length ? memory.remember(KEY, JSON.stringify(list.slice(-KEPT))) : memory.forget(KEY);

  /* Sends what there is. A page that `ends` cannot wait for the answer. */
  const send = (ends) => {
    clearTimeout(timer);
    timer = 0;
    const events = kept().slice(0, BATCH);
    if (!events.length || (under_way && !ends)) return;
    let person = memory.recall("person");
    if (!person) memory.remember("person", (person = random()));
    const body = JSON.stringify({ person, device, events });
    if (ends) {
      // It is sent again with the next page, and counted once.
      navigator.sendBeacon(address, body);
      return;
    }
    under_way = fetch(address, { method: "POST", body, keepalive: true, credentials: "omit" })
      .then((answer) => {
        // Refused for good, it would be refused again.
        if (!answer.ok && (answer.status >= 500 || answer.status == 429)) return;
        const sent = new Set(events.map((event) => event.id));
        const rest = kept().filter((event) => !sent.has(event.id));
        keep(rest);
        if (rest.length) wait();
      })
      .catch(() => {})
      .then(() => {
        under_way = 0;
      });
  };
  const wait = () => {
    timer = timer || setTimeout(send, WAIT_MS);
  };
  link.bye.push(() => clearTimeout(timer));
  return {
    send,
    /* Counts one event, where that is allowed. */
    add(event) {
      if (!memory.counts()) return;
      keep([...kept(), { id: random(), ...event, page: location.pathname.slice(0, 200) }]);
      wait();
    },
  };
};
