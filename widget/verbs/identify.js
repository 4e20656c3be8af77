/*
 * Says who the visitor is: with a token that the owner's server has signed, or
 * with mere claims.
 */

/* What was said last, so that a page that says it each time costs no socket. */
const NOTE = "identity";
const CLAIMS = ["email", "name", "phone"];

/* What a token says, without what is another each time. */
const saidIn = (token) => {
  try {
    const text = atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    const { exp, iat, nbf, jti, ...said } = JSON.parse(new TextDecoder().decode(bytes));
    return said;
  } catch {
    // The server will say what is wrong with it.
    return {};
  }
};

/* Tells texts apart, no more: what it is made of is not kept in the browser. */
const print = (text) => {
  let print = 0;
  for (const char of text) print = (print * 31 + char.codePointAt(0)) >>> 0;
  return print.toString(36);
};

const isOne = (value) => ["string", "number", "boolean"].includes(typeof value) || value === null;

/* What is said besides is for the rules, as with `set`. */
const others = (said) =>
  Object.fromEntries(Object.entries(said || {}).filter(([, value]) => isOne(value)));

const withToken = async (link, who, token) => {
  const { sub, name, email, phone, attributes } = saidIn(token);
  link.rules.set(others(attributes));
  const note = () => {
    const [id] = (link.memory.credentials() || "").split(".");
    return id && print(JSON.stringify([id, sub, name, email, phone, attributes]));
  };
  const verified = () => link.emit("identified", { verified: true });
  if (note() && note() == link.memory.recall(NOTE)) return verified();
  await link.need();
  if (!link.chat || link.who != who) return;
  const refused = await new Promise((done) => link.chat.identify(token, done));
  if (!link.rules || link.who != who) return;
  if (!refused) {
    link.memory.remember(NOTE, note());
    return verified();
  }
  link.warn("the visitor could not be identified:", refused.message);
  link.emit("identified", { verified: false, ...refused });
};

export const identify = async (link, who, told) => {
  await link.run();
  // They have signed out meanwhile.
  if (!link.rules || !told || link.who != who) return;
  const { token, ...said } = told;
  // The server may be away for long: what else the page says does not wait.
  if (token) return void withToken(link, who, String(token)).catch(link.warn);
  if (said.email != null && !/^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/.test(said.email)) {
    link.warn("what `identify` was told as `email` is no address");
    said.email = null;
  }
  const claims = CLAIMS.map((name) => [name, said[name] == null ? null : String(said[name])]);
  for (const name of CLAIMS) delete said[name];
  link.rules.set(others(said));
  link.claims = JSON.stringify(Object.fromEntries(claims));
  if (link.chat) link.chat.claim();
  link.emit("identified", { verified: false });
};
