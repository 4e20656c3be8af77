/*
 * A greeting as the visitor sees it: in their language, its gaps filled. The
 * server writes the same text into the conversation, so each rule here is one of
 * `crates/protocol/src/trigger`, in `language.rs` and `gaps.rs`.
 */

/* Most characters of what stands in a gap. */
const GAP_CHARS = 100;

/*
 * The language among texts that comes nearest to those that are wanted: for
 * each of them the same, the one it is a kind of, or a sister of that.
 */
export const choose = (texts, wanted) => {
  const tags = Object.keys(texts);
  const primary = (tag) => tag.split("-")[0];
  const find = (fits) => tags.find((tag) => fits(tag.toLowerCase()));
  for (const wish of wanted) {
    const lower = (wish || "").toLowerCase();
    for (let kind = lower; kind; kind = kind.replace(/-?[^-]*$/, "")) {
      const found = find((tag) => tag == kind);
      if (found) return found;
    }
    const sister = lower && find((tag) => primary(tag) == primary(lower));
    if (sister) return sister;
  }
  return find((tag) => tag == "en") || tags[0];
};

/* Fills the gaps of a text; `values` gets what was put into each. */
const fill = (text, valueOf, values) =>
  text.replace(/\{\{([^]*?)\}\}/g, (whole, inner) => {
    const bar = inner.indexOf("|");
    const fact = inner.slice(0, bar).trim();
    if (bar < 0 || !fact || inner.includes("{{")) return whole;
    const said = String(valueOf(fact) ?? "").trim();
    const value = [...said].filter((c) => !/\p{Cc}/u.test(c)).slice(0, GAP_CHARS).join("");
    values.push(value);
    return value || inner.slice(bar + 1).trim();
  });

/*
 * What `ui` shows of a trigger's greeting. `variant` is the number of a variant,
 * or -1.
 */
export const compose = (greeting, variant, languages, valueOf) => {
  const one = greeting.variants?.[variant];
  const { text, buttons = [] } = one || greeting;
  const language = choose(text, languages);
  const values = [];
  return {
    trigger: greeting.id,
    version: greeting.version,
    variant: one ? one.name : null,
    language,
    sender: greeting.sender,
    text: fill(text[language], valueOf, values),
    values,
    buttons: buttons.map((button) => ({
      ...button,
      label: button.label[choose(button.label, [language])],
    })),
    ask: greeting.ask || [],
  };
};
