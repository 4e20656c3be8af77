/*
 * What this tab notes while the panel is open: the token of the link, what is
 * pretended, and what would be remembered of the visitor. All of it goes with
 * the tab, or when the panel is closed.
 */

import { attempt } from "../page/memory.js";

/* The token itself is kept under this name alone, see `../page/explained.js`. */
const TAB = "saluda-explain";

export const openNotes = () => {
  let ended;
  return {
    read: (name) => attempt(() => sessionStorage.getItem(`${TAB}.${name}`)) ?? undefined,
    /* Whether it could be written. */
    write: (name, text) =>
      attempt(() => {
        // A page that is left has something to note, too.
        if (!ended) sessionStorage.setItem(`${TAB}.${name}`, text);
        return true;
      }),
    drop: (name) => attempt(() => sessionStorage.removeItem(`${TAB}.${name}`)),
    end: () =>
      attempt(() => {
        ended = true;
        for (const key of Object.keys(sessionStorage)) {
          if (key == TAB || key.startsWith(TAB + ".")) sessionStorage.removeItem(key);
        }
      }),
  };
};
