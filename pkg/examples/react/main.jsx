import { useState } from "react";
import { createRoot } from "react-dom/client";
import { load } from "saluda";

import { Chat, useUnread } from "./chat.jsx";

const tokenOf = (user) => fetch(`/identity/${user}`).then((answer) => answer.text());

function Page() {
  const [user, setUser] = useState(null);
  const unread = useUnread();
  const ask = () =>
    load({ server: "https://chat.example.com", site: "SITE_KEY" }).then((saluda) => saluda("open"));
  return (
    <>
      <h1>A page of React</h1>
      <button onClick={ask}>Ask us{unread > 0 && ` (${unread})`}</button>
      <button onClick={() => setUser(user ? null : "u-42")}>{user ? "Sign out" : "Sign in"}</button>
      <Chat user={user} tokenOf={tokenOf} />
    </>
  );
}

createRoot(document.getElementById("page")).render(<Page />);
