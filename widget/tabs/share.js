/*
 * Lets a chat share a socket with the same visitor's chats in other tabs, and
 * hang up while its page is frozen or waits to be gone back to.
 */

import { join } from "./group.js";

export const share = (link) => {
  const redial = (again = true) => link.chat && link.chat.redial(again);
  let group;
  const leave = () => {
    if (group) group.leave();
    group = null;
  };
  /* The group of whom the visitor is now; none where it is not possible. */
  const enter = () => {
    const [id] = (link.memory.credentials() || "").split(".");
    const name = `saluda.${link.site}.${id}`;
    if (group && group.name == name) return group;
    leave();
    // Locks and channels are there on safe pages only.
    if (id && navigator.locks && window.BroadcastChannel) group = join(name, redial);
    return group;
  };
  link.dial = (address) => {
    const group = enter();
    return group ? group.dial(address) : new WebSocket(address);
  };

  const rest = () => {
    redial(false);
    leave();
  };
  const listeners = [
    // A page with a socket cannot be gone back to.
    [window, "pagehide", rest],
    [window, "pageshow", ({ persisted }) => persisted && redial()],
    [document, "freeze", rest],
    [document, "resume", () => redial()],
  ];
  for (const [target, ...words] of listeners) target.addEventListener(...words);
  // The chat has a socket of its own by now, and keeps it while it is alone.
  enter();
  return () => {
    leave();
    for (const [target, ...words] of listeners) target.removeEventListener(...words);
  };
};
