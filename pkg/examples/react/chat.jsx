// The chat as a component: it draws nothing where it stands, and says who is
// signed in.

import { useEffect, useState } from "react";
import { load } from "saluda";

const OPTIONS = { server: "https://chat.example.com", site: "SITE_KEY" };

/** How many messages wait to be seen. */
export function useUnread() {
  const [unread, setUnread] = useState(0);
  useEffect(() => {
    const hear = ({ detail }) => setUnread(detail.count);
    addEventListener("saluda:unread", hear);
    return () => removeEventListener("saluda:unread", hear);
  }, []);
  return unread;
}

/**
 * `user` is who is signed in, if anyone is; `tokenOf` asks your server for a token
 * that says so. See `docs/identity.md`.
 */
export function Chat({ user, tokenOf, locale, theme = "auto" }) {
  useEffect(() => {
    let over = false;
    load({ ...OPTIONS, locale }).then(async (saluda) => {
      if (!user) return;
      const token = await tokenOf(user);
      if (!over) saluda("identify", { token });
    });
    return () => {
      over = true;
      // The visitor has signed out, or it is another.
      if (user) window.Saluda?.("reset");
    };
  }, [user]);
  useEffect(() => {
    load(OPTIONS).then((saluda) => {
      saluda("theme", theme);
      if (locale) saluda("locale", locale);
    });
  }, [theme, locale]);
  return null;
}
