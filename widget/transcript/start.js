/*
 * Has the conversation sent by e-mail: asks for an address, then for the code that
 * came there. The module `ui` asks the loader for it when the visitor wants that.
 *
 * By hand: in `ui` it would be 3 kB for everyone who opens its menu.
 */

const FIELD = "transcript";
const WRONG = "transcript-wrong";

const element = (tag, attributes, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
};

/* Asks the server. The answer is what was sent, or the status that says why not. */
const ask = async ({ origin, site, memory, locale }, email, code) => {
  try {
    const answer = await fetch(`${origin}/api/sites/${encodeURIComponent(site)}/transcripts`, {
      method: "POST",
      credentials: "omit",
      headers: {
        authorization: "Visitor " + memory.credentials(),
        "content-type": "application/json",
      },
      body: JSON.stringify({ email, code, locale }),
    });
    return answer.ok ? (await answer.json()).sent : answer.status;
  } catch {
    return 0;
  }
};

export const start = async (link) => {
  const { root } = link;
  const home = root.getElementById("rating");
  const texts = await link.texts;
  const say = (name) => texts[name];
  const focus = (id) => root.getElementById(id)?.focus();
  if (!home || root.getElementById(FIELD)) return focus(FIELD);

  /* Why an answer brings nothing, by its status. */
  const why = {
    0: say("attach_failed"),
    400: say("ask_invalid"),
    401: say("transcript_none"),
    403: say("transcript_wrong"),
    404: say("transcript_none"),
    429: say("transcript_much"),
  };
  const label = element("label", { for: FIELD }, say("transcript_to"));
  const status = element("p", { role: "status" });
  const field = element("input", {
    id: FIELD,
    class: "field",
    dir: "ltr",
    inputmode: "email",
    autocomplete: "email",
    "aria-describedby": WRONG,
  });
  const send = element("button", { type: "submit", class: "primary" }, say("send"));
  const wrong = element("p", { id: WRONG, class: "wrong", role: "alert" });
  const close = element("button", { type: "button", class: "quiet" }, say("dismiss"));
  const form = element("form", { class: "card", novalidate: "" }, label, status, field, send, wrong, close);

  const tell = (words) => {
    wrong.textContent = words;
    field.setAttribute("aria-invalid", !!words);
  };
  let to;
  let busy;
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = 1;
    tell("");
    const typed = field.value.trim();
    const email = to || typed;
    const answer = await ask(link, email, to && typed);
    busy = 0;
    if (!form.isConnected) return;
    const fill = (words) => words.replace("{email}", () => email);
    if (answer == "transcript") {
      status.textContent = fill(say("transcript_sent"));
      for (const gone of [label, field, send]) gone.hidden = true;
      return close.focus();
    }
    if (answer == "code") {
      to = email;
      label.textContent = fill(say("transcript_code"));
      field.value = "";
      field.inputMode = "numeric";
      field.autocomplete = "one-time-code";
    } else {
      tell(why[answer] || say("failed_other"));
    }
    field.focus();
  };
  field.oninput = () => tell("");
  close.onclick = () => {
    form.remove();
    focus("composer");
  };
  home.append(form);
  form.scrollIntoView({ block: "nearest" });
  field.focus();
};
