//! Whatever someone writes, wherever it is shown, it is text: at the desk what a
//! visitor wrote, in the widget what an agent did.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::stage::Stage;

/// What attackers write, one JSON text a line. Scripts in it call `alert`, what is
/// fetched would come from `canary.example`.
const PAYLOADS: &str = include_str!("hostile/payloads.jsonl");
/// What is written last, to be waited for.
const LAST: &str = "that is all";

fn payloads() -> Vec<String> {
    let lines = PAYLOADS.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Notes what a page is made to do: scripts that run, and what its policy stops.
const WATCH: &str = "window.attacked = [];
    for (const word of ['alert', 'confirm', 'prompt', 'print', 'msgbox'])
      window[word] = () => attacked.push(word);
    addEventListener('securitypolicyviolation', (event) =>
      attacked.push(`${event.violatedDirective} ${event.blockedURI}`));";

/// Everything beneath a root, shadows included, that is not how text is shown, and
/// which of the texts are not there word for word.
const LOOK: &str = "const [inside, texts] = arguments;
    const below = (root) => [...root.querySelectorAll('*')].flatMap((one) =>
      [one, ...(one.shadowRoot ? below(one.shadowRoot) : [])]);
    const all = below(document).filter((one) => one.closest(inside));
    const never = 'SCRIPT IFRAME OBJECT EMBED FORM BASE META LINK STYLE IMG IMAGE VIDEO AUDIO SOURCE MATH SELECT DETAILS MARQUEE PORTAL TEMPLATE TABLE XSS X-WIDGET DIALOG'.split(' ');
    const faults = [...window.attacked];
    for (const one of all) {
      if (never.includes(one.tagName.toUpperCase())) faults.push(one.outerHTML);
      for (const { name } of one.attributes) if (name.startsWith('on')) faults.push(one.outerHTML);
      if (one.tagName == 'A' && !/^(https?|mailto|tel):/.test(one.href)) faults.push(one.outerHTML);
      if (one.tagName == 'A' && one.target && !/noopener.*nofollow/.test(one.rel)) faults.push(one.outerHTML);
    }
    for (const { name } of performance.getEntriesByType('resource'))
      if (name.includes('canary')) faults.push(name);
    const shown = all.filter((one) => one.matches(inside)).map((one) => one.textContent).join(' ');
    const plain = (text) => text.replace(/[\\s\\u0000-\\u001f]+/g, '');
    const missing = texts.filter((text) => !plain(shown).includes(plain(text)));
    return { faults, missing };";

/// Says everything as a visitor would who speaks with the server by hand.
const SAY_ALL: &str = "const [address, texts, last, done] = arguments;
    const socket = new WebSocket(address);
    const say = (frame) => socket.send(JSON.stringify(frame));
    const strange = texts.join(' ').slice(0, 900);
    let credentials, left = texts.length + 1;
    const post = (text) => say({ post: { id: crypto.randomUUID(), body: { text } } });
    socket.onopen = () => say({ hello: { wire: 4, credentials: null, resume: null, place: {
      title: strange.slice(0, 300), url: location.origin + '/?' + strange.slice(0, 300),
      referrer: 'javascript:alert(1)', language: texts[0], timezone: texts[11] } } });
    socket.onmessage = ({ data }) => {
      const update = JSON.parse(data);
      if (update.welcome) {
        credentials = update.welcome.credentials;
        say({ contact: { email: null, name: texts[11] } });
        texts.forEach(post);
        post(last);
      }
      if (update.refused) done(JSON.stringify(update.refused));
      if (update.ack && !--left) done(`${credentials.id}.${credentials.secret}`);
    };";

/// The same as an agent.
const ANSWER_ALL: &str = "const [conversation, texts, last, done] = arguments;
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws/agent');
    const say = (frame) => socket.send(JSON.stringify(frame));
    let left = texts.length + 1;
    const post = (text) =>
      say({ post: { conversation, id: crypto.randomUUID(), body: { text } } });
    socket.onopen = () => say({ hello: { wire: 4 } });
    socket.onmessage = ({ data }) => {
      const update = JSON.parse(data);
      if (update.welcome) [...texts, last].forEach(post);
      if (update.refused) done(JSON.stringify(update.refused));
      if (update.ack && !--left) done('');
    };";

impl Browser {
    async fn shows_only_text(&self, inside: &str, texts: &[String]) {
        let seen = self.run(LOOK, vec![json!(inside), json!(texts)]).await;
        assert_eq!(seen["faults"], json!([]), "{inside}");
        assert_eq!(seen["missing"], json!([]), "{inside}");
    }
}

#[tokio::test]
async fn whatever_is_written_is_shown_as_text_and_does_nothing() {
    let mut stage = Stage::set(&["--agent-text-chars", "2000"]).await;
    stage.configure("posts_per_minute = 100000");
    let texts = payloads();
    // As many as a desk and a widget are sent at once, and no more: all are shown.
    for part in texts.chunks(80) {
        let part = part.to_vec();
        let visitor = stage.browser().await;
        visitor.before_each_page(WATCH).await;
        visitor.go(&stage.shop("/")).await;
        let words = vec![json!(stage.visitor_socket()), json!(part), json!(LAST)];
        let known = visitor.run_async(SAY_ALL, words).await;
        let known = known.as_str().unwrap();
        assert!(!known.contains("error"), "{known}");

        let desk = stage.browser().await;
        desk.before_each_page(WATCH).await;
        desk.sign_in(&stage, "lucia@alba.example").await;
        desk.open_conversation(LAST).await;
        desk.wait("what was said last", async || {
            let script = "return document.querySelector('.log-content')?.textContent ?? ''";
            let said = desk.run(script, vec![]).await;
            said.as_str().unwrap().contains(LAST).then_some(())
        })
        .await;
        desk.shows_only_text(".log-content", &part).await;
        // Who it is, in the list and beside the conversation.
        for pane in [".items", ".person"] {
            desk.shows_only_text(pane, &part[11..12]).await;
        }

        let conversation = "return location.hash.split('/').pop()";
        let conversation = desk.run(conversation, vec![]).await;
        let words = vec![conversation, json!(part), json!("and that from us")];
        let refused = desk.run_async(ANSWER_ALL, words).await;
        assert_eq!(refused, Value::from(""));

        let cookie = format!("document.cookie = 'saluda={known}'");
        visitor.run(&cookie, vec![]).await;
        visitor.reload().await;
        visitor.open_chat().await;
        visitor.sees("and that from us").await;
        visitor.shows_only_text(".log, .messages", &part).await;
    }
}
