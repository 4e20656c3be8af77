/*
 * A link that ends in #saluda-explain=TOKEN opens the explain panel: in that tab,
 * until it is closed, the module `explain` takes the place of this one.
 */

import { attempt } from "./memory.js";

/* What this tab notes; not among what is a visitor's, which is erased with them. */
const TOKEN = "saluda-explain";

/* The token of the link by which this tab came, if it came by one. */
export const explainToken = () => {
  const [, token] = location.hash.split("#" + TOKEN + "=");
  if (!token) return attempt(() => sessionStorage[TOKEN]);
  // Without storage it lasts as long as the page.
  attempt(() => (sessionStorage[TOKEN] = token));
  history.replaceState(history.state, "", location.pathname + location.search);
  return token;
};

/* Starts the panel, or `ordinary` where the link is no good. */
export const explain = async (link, token, ordinary) => {
  try {
    link.config = await link.ask("?explain=" + token);
  } catch (reason) {
    if (/"forbidden"/.test(reason)) attempt(() => delete sessionStorage[TOKEN]);
    link.warn(reason);
    return ordinary(link);
  }
  return link.load("explain");
};
