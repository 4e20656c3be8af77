/*
 * What this browser remembers of its visitor: who they are, in the one cookie,
 * and small notes in the page's storage.
 *
 * How much of it is kept beyond the page is the page's word:
 *
 *   none        nothing
 *   session     until the browser or the tab is closed
 *   persistent  until the visitor stays away for 180 days
 *
 * A visitor who writes where it is `none` has asked for an answer, and is known
 * for the session. A browser that blocks cookies or storage, or has no room,
 * throws when it is touched: that reads as "not there", and what cannot be
 * stored is held here until the page ends.
 */

const PREFIX = "saluda.";
/* Where notes are, by how long they may stay. */
const STORES = [, "sessionStorage", "localStorage"];
const NONE = 0;
const FOR_SESSION = 1;
const PERSISTENT = 2;
/* What the page says, in its own words and in those it said first. */
const LEVELS = { session: FOR_SESSION, persistent: PERSISTENT, granted: PERSISTENT };

export const attempt = (touch) => {
  try {
    return touch();
  } catch {
    // As good as nothing there.
  }
};

export const readCookie = () => {
  const found = attempt(() => document.cookie.match(/(?:^|; )saluda=([^;]+)/));
  return found ? found[1] : undefined;
};

const stored = (level, key) =>
  attempt(() => window[STORES[level]].getItem(PREFIX + key)) || undefined;

/*
 * Takes up what is remembered. `consent` is `none`, `session` or `persistent`;
 * `granted` and `required` say the same as the last and the first, and `denied`
 * is `none` and erases what is there. When something is allowed later, `granted`
 * is told what an earlier page kept under `key`. `erase` is the loader's.
 */
export const openMemory = (consent, key, granted, erase) => {
  const notes = new Map();
  let credentials;
  // What is there already was allowed when it was written.
  let given = LEVELS[consent] || (readCookie() && stored(PERSISTENT, key) ? PERSISTENT : NONE);
  let level = given || (readCookie() ? FOR_SESSION : NONE);

  const keepCookie = () =>
    level &&
    credentials &&
    attempt(() => {
      // A visitor is known for 180 days after their last visit.
      const age = level == PERSISTENT ? "; Max-Age=15552000" : "";
      const secure = location.protocol == "https:" ? "; Secure" : "";
      document.cookie = `saluda=${credentials}; Path=/; SameSite=Lax${age}${secure}`;
    });
  /* Moves everything to where it may be from now on. */
  const move = (to) => {
    const before = new Map();
    for (const store of STORES) {
      attempt(() => {
        for (const [key, value] of Object.entries(window[store])) {
          if (key.startsWith(PREFIX) && value) before.set(key.slice(PREFIX.length), value);
        }
      });
    }
    credentials = credentials || readCookie();
    erase();
    level = to;
    keepCookie();
    for (const [key, value] of [...before, ...notes]) memory.remember(key, value);
    return before.get(key);
  };
  const memory = {
    /* Who the visitor is. Another tab may know by now. */
    credentials: () => (level && readCookie()) || credentials,
    keep(value) {
      credentials = value;
      keepCookie();
    },
    recall: (key) => (notes.has(key) ? notes.get(key) : stored(level, key)),
    remember(key, value) {
      notes.delete(key);
      attempt(() => {
        window[STORES[level]].setItem(PREFIX + key, value);
        return 1;
      }) || notes.set(key, value);
    },
    forget(key) {
      notes.delete(key);
      attempt(() => window[STORES[level]].removeItem(PREFIX + key));
    },
    /* The visitor is nobody from now on. */
    reset() {
      credentials = undefined;
      notes.clear();
      erase();
    },
    /* Whether what happens here may be counted. */
    counts: () => given && !navigator.globalPrivacyControl,
    /*
     * Takes the page's word on what may be kept, or that the visitor has
     * `written`. Any other word takes it back.
     */
    consent(word) {
      const to = word == "written" ? level || FOR_SESSION : (given = LEVELS[word] || NONE);
      if (!to) {
        level = NONE;
        memory.reset();
      } else if (to != level) {
        const first = !level;
        const before = move(to);
        if (first) granted(before);
      }
    },
  };
  if (level == FOR_SESSION || (level && stored(FOR_SESSION, key))) move(level);
  else if (level) memory.keep(readCookie());
  if (consent == "denied") memory.consent(consent);
  return memory;
};
