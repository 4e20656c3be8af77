/*
 * The tabs of one visitor, and the socket that they share.
 *
 * They meet on a channel. The one that holds the lock leads: it has the socket,
 * says there what the others want said, and hands on what it hears. What a chat
 * gets from `dial` is used as a WebSocket is, and does not let it know.
 *
 * On the channel, `from` tabs to the one that leads:
 *   { from, dial }   wants to hear; the address, should there be no socket yet
 *   { from, say }    says a frame
 * and from the one that leads, `to` a tab or to all:
 *   { open }         there is a connection: say hello
 *   { hear }         an update
 *   { close }        the connection has ended, with this code
 *   { }              is there
 */

/* One that leads and does not answer for this long is frozen; in milliseconds. */
const PATIENCE = 3000;
/* As if the network had gone: a chat comes back by itself. */
const LOST = 1006;

export const join = (name, redial) => {
  const me = crypto.randomUUID();
  const channel = new BroadcastChannel(name);
  const gone = new AbortController();
  /* What our own chat has from here. */
  let own;
  let patience;
  /* While this tab leads: how it lets others lead, the socket, and which tabs
   * wait for a welcome, in their order. */
  let release;
  let line;
  let waiting = [];

  const hear = ({ to, open, hear, close }) => {
    if (!own || (to && to != me)) return;
    clearTimeout(patience);
    const it = own;
    if (close) {
      own = null;
      it.readyState = 3;
      it.dispatchEvent(new CloseEvent("close", { code: close }));
    } else if (open && !it.readyState) {
      it.readyState = 1;
      it.dispatchEvent(new Event("open"));
    } else if (hear && (to || it.welcome)) {
      // Before its own welcome, what the others hear means nothing to it.
      it.welcome = true;
      it.dispatchEvent(new MessageEvent("message", { data: hear }));
    }
  };
  const tell = (message) => {
    channel.postMessage(message);
    hear(message);
  };

  /* Ends the connection, if there is one. */
  const hangUp = () => {
    if (line) {
      line.onopen = line.onmessage = line.onclose = null;
      line.close();
    }
    line = null;
    waiting = [];
  };
  const connect = (address) => {
    line = new WebSocket(address);
    line.onopen = () => tell({ open: true });
    line.onclose = ({ code }) => {
      hangUp();
      tell({ close: code });
    };
    line.onmessage = ({ data }) => {
      const refused = /^{"refused":{"id":null,"error":{"code":"identity_/.test(data);
      if (!refused && !data.startsWith('{"welcome"')) return tell({ hear: data });
      const at = refused ? waiting.findIndex(({ identifies }) => identifies) : 0;
      const [{ from, identifies } = {}] = waiting.splice(at, 1);
      tell({ to: from, hear: data });
      if (identifies && !refused) {
        // They are somebody else from now on, and come back as them.
        hangUp();
        tell({ close: LOST });
      }
    };
  };
  const serve = ({ from, dial, say }) => {
    if (dial) {
      if (!line) connect(dial);
      tell({ to: from, open: line.readyState == 1 });
      // Our own chat has been alone so far.
      if (!own) redial();
    } else if (line && line.readyState == 1 && (from == me || say != '"pong"')) {
      const [, kind] = say.match(/^{"(hello|identify)"/) || [];
      if (kind) waiting.push({ from, identifies: kind == "identify" });
      line.send(say);
    }
  };
  const ask = (message) => {
    message.from = me;
    if (release) serve(message);
    else channel.postMessage(message);
  };
  channel.onmessage = ({ data }) => {
    if (!data.from) release || hear(data);
    else if (release) serve(data);
  };

  const lead = (lock) => {
    if (!lock || gone.signal.aborted) return;
    const led = new Promise((done) => (release = done));
    // Whoever led before is gone, and their connection with them.
    tell({ close: LOST });
    return led;
  };
  const lost = () => {
    release = null;
    hangUp();
    if (!gone.signal.aborted) wait();
  };
  let queued;
  const wait = () => {
    if (queued) return;
    queued = true;
    const { signal } = gone;
    const granted = (lock) => {
      queued = false;
      return lead(lock);
    };
    navigator.locks.request(name, { signal }, granted).catch(lost);
  };
  const steal = () => navigator.locks.request(name, { steal: true }, lead).catch(lost);

  const first = (lock) => {
    if (lock) return lead(lock);
    wait();
    redial();
  };
  navigator.locks.request(name, { ifAvailable: true }, first).catch(lost);

  return {
    name,
    dial(address) {
      const it = Object.assign(new EventTarget(), {
        readyState: 0,
        send: (say) => ask({ say }),
        close() {
          if (own != it) return;
          own = null;
          clearTimeout(patience);
          if (!release) return;
          hangUp();
          tell({ close: LOST });
        },
      });
      own = it;
      clearTimeout(patience);
      patience = setTimeout(() => release || gone.signal.aborted || steal(), PATIENCE);
      // Not before whoever called listens to it.
      queueMicrotask(() => own == it && ask({ dial: address }));
      return it;
    },
    leave() {
      own = null;
      clearTimeout(patience);
      gone.abort();
      if (release) {
        hangUp();
        tell({ close: LOST });
        release();
      }
      channel.close();
    },
  };
};
