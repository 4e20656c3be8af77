/*
 * The other end of `src/abi.rs`: rows of words, numbers and texts, go into the
 * module's memory, and what it answers is read from there.
 */

// What begins an event; `crates/rules/src/pack/event.rs` has the same numbers.
export const PAGE = 0;
export const TITLE = 1;
export const SCROLL = 2;
export const VISIBLE = 3;
export const POINTER_LEFT = 4;
export const ACTIVE = 5;
export const FORM_FOCUS = 6;
export const TRACK = 7;
export const ATTRIBUTE = 8;
export const TAGS = 9;
export const ELEMENT_SEEN = 10;
export const ELEMENT_CLICKED = 11;
export const MESSAGES = 13;
export const FACTS = { message: 12, conversation: 14, known: 15, panel: 16, on_screen: 17, online: 18 };
export const RUN = 21;
export const SHOWN = 22;
export const GREETING = 23;
export const REACTIONS = ["opened", "dismissed", "replied", "clicked"];
export const MEMORY = 24;
export const RECALLED = 25;
export const RENEWED = 26;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let wasm;

const bytesAt = (at, length) => new Uint8Array(wasm.memory.buffer, at, length);

/* Starts the module, from the answer that brings it. */
export const load = async (answer) => {
  // The mappings that `text::fold` in the rules has, too.
  const fold = (at, length) => {
    const text = decoder.decode(bytesAt(at, length));
    const folded = encoder.encode(
      text.toLowerCase().toUpperCase().toLowerCase().replace(/ς/g, "σ"),
    );
    bytesAt(wasm.room(folded.length, 1), folded.length).set(folded);
  };
  // Not as it streams in: Chromium would read it on the page's own thread.
  const bytes = await (await answer).arrayBuffer();
  const { instance } = await WebAssembly.instantiate(bytes, { env: { fold } });
  wasm = instance.exports;
};

/*
 * Says words to the module, and returns the words it answers. `entrance` is
 * another of its functions than the usual one.
 */
export const call = (words, entrance = "call") => {
  let length = 0;
  // A character is three bytes at most.
  for (const word of words) length += typeof word == "string" ? 5 + 3 * word.length : 9;
  const input = wasm.room(length, 0);
  const bytes = bytesAt(input, length);
  let view = new DataView(wasm.memory.buffer, input, length);
  let at = 0;
  for (const word of words) {
    if (typeof word == "string") {
      length = encoder.encodeInto(word, bytes.subarray(at + 5)).written;
      view.setUint8(at, 1);
      view.setUint32(at + 1, length, true);
      at += 5 + length;
    } else {
      view.setFloat64(at + 1, word, true);
      at += 9;
    }
  }
  const output = wasm[entrance](at);
  const answer = [];
  view = new DataView(wasm.memory.buffer, output, wasm.length());
  for (at = 0; at < view.byteLength; ) {
    if (view.getUint8(at)) {
      length = view.getUint32(at + 1, true);
      answer.push(decoder.decode(bytesAt(output + at + 5, length)));
      at += 5 + length;
    } else {
      answer.push(view.getFloat64(at + 1, true));
      at += 9;
    }
  }
  return answer;
};
