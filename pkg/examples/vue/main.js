import { createApp, h, ref } from "vue";

import { useChat } from "./chat.js";

const tokenOf = (user) => fetch(`/identity/${user}`).then((answer) => answer.text());

createApp({
  setup() {
    const user = ref(null);
    const { unread, open } = useChat(user, tokenOf);
    const turn = () => {
      user.value = user.value ? null : "u-42";
    };
    return () => [
      h("h1", "A page of Vue"),
      h("button", { onClick: open }, unread.value ? `Ask us (${unread.value})` : "Ask us"),
      h("button", { onClick: turn }, user.value ? "Sign out" : "Sign in"),
    ];
  },
}).mount("#page");
