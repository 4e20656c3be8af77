/*
 * What this browser remembers of its visitor: who they are, in the one cookie,
 * and small notes in the page's storage.
 *
 * Nothing is stored before consent allows it. A browser that blocks cookies or
 * storage, or has no room, throws when it is touched: that reads as "not there",
 * and what cannot be stored is held here until the page ends.
 */

const NAME = "saluda";
const PREFIX = "saluda.";
/* How long a visitor is known after their last visit: 180 days. */
const AGE_S = 15552000;

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

const writeCookie = (value, age) => {
  const secure = location.protocol == "https:" ? "; Secure" : "";
  attempt(() => {
    document.cookie = `${NAME}=${value}; Path=/; SameSite=Lax; Max-Age=${age}${secure}`;
  });
};

/*
 * Takes up what is remembered. `consent` is `granted`, `required` or `denied`.
 * When it is given later, `granted` is told what is stored under `key`.
 */
export const openMemory = (consent, key, granted) => {
  const notes = new Map();
  let credentials;
  let denied = consent == "denied";
  // A cookie that is there already was allowed when it was written.
  let allowed = consent == "granted" || (consent == "required" && !!readCookie());

  const stored = (key) => attempt(() => localStorage.getItem(PREFIX + key)) || undefined;
  const store = (key, value) =>
    allowed &&
    attempt(() => {
      localStorage.setItem(PREFIX + key, value);
      return true;
    });
  const memory = {
    /* Who the visitor is. Another tab may know by now. */
    credentials: () => (allowed && readCookie()) || credentials,
    keep(value) {
      credentials = value;
      if (allowed) writeCookie(value, AGE_S);
    },
    recall(key) {
      return notes.has(key) ? notes.get(key) : allowed ? stored(key) : undefined;
    },
    remember(key, value) {
      notes.delete(key);
      if (!store(key, value)) notes.set(key, value);
    },
    forget(key) {
      notes.delete(key);
      if (allowed) attempt(() => localStorage.removeItem(PREFIX + key));
    },
    /*
     * Takes the page's word on what may be stored, or that the visitor has
     * `written`: a request to be answered, unless it was refused that this is
     * remembered.
     */
    consent(word) {
      if (word == "denied") {
        denied = true;
        allowed = false;
        writeCookie("", 0);
        attempt(() => {
          for (const key of Object.keys(localStorage)) {
            if (key.startsWith(PREFIX)) localStorage.removeItem(key);
          }
        });
      } else if (word == "granted" || (word == "written" && !denied)) {
        if (allowed) return;
        denied = false;
        allowed = true;
        if (credentials) writeCookie(credentials, AGE_S);
        granted(stored(key));
        for (const [key, value] of notes) memory.remember(key, value);
      }
    },
  };
  if (allowed && readCookie()) memory.keep(readCookie());
  if (denied) memory.consent("denied");
  return memory;
};
