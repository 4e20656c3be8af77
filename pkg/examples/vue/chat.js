// What components of Vue need of the chat.

import { onMounted, onUnmounted, readonly, ref, watch } from "vue";
import { load } from "saluda";

const OPTIONS = { server: "https://chat.example.com", site: "SITE_KEY" };

/**
 * `user` is a ref of who is signed in, if anyone is; `tokenOf` asks your server for
 * a token that says so. See `docs/identity.md`.
 */
export function useChat(user, tokenOf) {
  const unread = ref(0);
  const hear = ({ detail }) => {
    unread.value = detail.count;
  };
  const identify = async (now) => {
    const saluda = await load(OPTIONS);
    if (!now) return;
    const token = await tokenOf(now);
    if (user.value === now) saluda("identify", { token });
  };
  onMounted(() => {
    addEventListener("saluda:unread", hear);
    identify(user.value);
  });
  onUnmounted(() => removeEventListener("saluda:unread", hear));
  watch(user, (now, before) => {
    if (before) window.Saluda?.("reset");
    identify(now);
  });
  return {
    unread: readonly(unread),
    open: () => load(OPTIONS).then((saluda) => saluda("open")),
  };
}
