/*
 * The server, played: a socket that leads nowhere, and says what ours would to a
 * visitor who takes the greeting up. `server/src/chat/greet.rs` is what it
 * stands for.
 */

import { choose } from "../../widget/runtime/page/greeting.js";

/* Tells the scene and the greeting in it. */
let told;
export const play = (tell) => {
  told = tell;
};

const later = (then) => setTimeout(then, 350);

export class PlayedSocket extends EventTarget {
  readyState = 0;
  number = 0;
  said = new Set();

  constructor() {
    super();
    setTimeout(() => {
      this.readyState = 1;
      this.dispatchEvent(new Event("open"));
    });
  }

  close() {
    this.readyState = 3;
  }

  send(text) {
    const frame = JSON.parse(text);
    if (frame.hello) this.welcome();
    else if (frame.greeted) this.ack(frame.greeted.id, this.greeting(frame.greeted.id));
    else if (frame.post) this.posted(frame.post);
    else if (frame.contact) this.given(frame.contact);
  }

  /* Never while the widget is speaking: no server answers within a call. */
  say(update) {
    setTimeout(() => {
      if (this.readyState != 1) return;
      this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(update) }));
    });
  }

  event(what) {
    return { number: ++this.number, at: Date.now(), what };
  }

  /* What the site says by itself. */
  message(body, id = anyId()) {
    const { scene } = told();
    const author = { greeting: { trigger: scene.id, name: scene.sender } };
    return { message: { id, author, body } };
  }

  greeting(id) {
    const { text, buttons } = told().shown;
    const actions = buttons
      .map(({ label, url, phone }) => ({ label, href: url || (phone && "tel:" + phone) }))
      .filter(({ href }) => href);
    const replies = buttons.map(({ label }) => label);
    const body = actions.length ? { actions: { text, actions } } : { quick_replies: { text, replies } };
    return this.message(replies.length ? body : { text }, id);
  }

  ack(id, what) {
    const event = this.event(what);
    this.say({ event });
    this.say({ ack: { id, number: event.number, at: event.at } });
  }

  posted({ id, body }) {
    this.ack(id, { message: { id, author: "visitor", body } });
    const texts = [body.tap && this.answer(body.tap.button)];
    if (!told().shown?.ask.length) texts.push(this.followUp());
    this.follow(texts);
  }

  given(contact) {
    this.say({ event: this.event({ contact }) });
    this.follow([this.followUp()]);
  }

  /* Each once, as the server does. */
  follow(texts) {
    for (const text of texts) {
      if (!text || this.said.has(text)) continue;
      this.said.add(text);
      later(() => this.say({ event: this.event(this.message({ text })) }));
    }
  }

  answer(button) {
    return this.words((told().scene.greeting.buttons || [])[button]?.answer);
  }

  followUp() {
    return this.words(told().scene.greeting.reply?.agent?.follow_up);
  }

  words(texts) {
    return texts && texts[choose(texts, [told().scene.language])];
  }

  /* What there is: nothing, or all that comes of the greeting. */
  welcome() {
    const { scene, shown } = told();
    const events = [];
    const contact = {};
    if (scene.view == "after" && shown) {
      const id = anyId();
      events.push(this.event(this.greeting(id)));
      const replies = shown.buttons.filter(({ url, phone }) => !url && !phone);
      const answer = this.answer(0);
      if (replies.length) {
        const tap = { message: id, button: 0, label: replies[0].label };
        events.push(this.event({ message: { id: anyId(), author: "visitor", body: { tap } } }));
      }
      const given = { name: "Inês", email: "ines@example.com", phone: "+351 210 000 000" };
      for (const field of shown.ask) contact[field] = given[field];
      if (shown.ask.length) events.push(this.event({ contact }));
      for (const text of new Set([replies.length && answer, this.followUp()])) {
        if (text) events.push(this.event(this.message({ text })));
      }
    }
    const none = { delivered: 0, read: 0 };
    this.say({
      welcome: {
        credentials: null,
        epoch: "preview",
        now: Date.now(),
        slice: { events, reset: true, older: false },
        marks: { visitor: none, agent: { delivered: this.number, read: this.number } },
        contact,
        agents_online: true,
      },
    });
  }
}
PlayedSocket.OPEN = 1;

/* Not all frames are secure enough for the browser's own. */
const anyId = () => {
  const digits = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};
