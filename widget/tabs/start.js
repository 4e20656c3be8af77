/*
 * What a chat does in the company of other tabs and pages: they share one
 * socket, one of them rings, and each says in its title what waits to be read.
 * The module `ui` asks the loader for it once a conversation has begun.
 */

import { notice } from "./notice.js";
import { share } from "./share.js";

export const start = (link) => {
  // `ui` may be loaded anew, in another language.
  if (link.dial) return;
  const parts = [share(link), notice(link)];
  link.bye.push(() => {
    for (const end of parts) end();
    delete link.dial;
  });
};
