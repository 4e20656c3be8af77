//! A server that dies amid posts loses nothing it acknowledged.

use serde_json::{Value, json};

use crate::stage::Stage;

const POSTS: u64 = 1_000;
const BEFORE_THE_KILL: u64 = 300;

/// Writes messages through the composer, one after the other, and counts them
/// in `window.written`.
const WRITE: &str = "
    const [count] = arguments;
    const field = find('textbox', 'Message');
    window.written = 0;
    (async () => {
      for (let n = 1; n <= count; n++) {
        field.value = 'message ' + n;
        field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
        const key = { key: 'Enter', code: 'Enter', bubbles: true, composed: true, cancelable: true };
        field.dispatchEvent(new KeyboardEvent('keydown', key));
        window.written = n;
        await new Promise((next) => setTimeout(next));
      }
    })();";

/// Asks the server for everything it has, as the same visitor: pairs of number
/// and text.
const READ: &str = "
    const [address, done] = arguments;
    const [id, secret] = document.cookie.match(/saluda=([^;]+)/)[1].split('.');
    const socket = new WebSocket(address);
    let events = [];
    const ask = (frame) => socket.send(JSON.stringify(frame));
    socket.onopen = () => ask({ hello: {
      wire: 1, credentials: { id, secret }, resume: null, place: {},
    } });
    socket.onmessage = ({ data }) => {
      const update = JSON.parse(data);
      const slice = update.welcome?.slice ?? update.slice;
      if (!slice) return;
      events = slice.events.concat(events);
      if (slice.older) return ask({ older: events[0].number });
      socket.close();
      done(events.map((event) => [event.number, event.what.message?.body.text]));
    };";

#[tokio::test]
async fn a_server_killed_amid_a_thousand_posts_has_each_acknowledged_one_once_in_order() {
    let mut stage = Stage::set(&["--ask-email", "never"]).await;
    // Nobody writes so fast by hand.
    stage.configure("posts_per_minute = 100000");
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    let script = concat!(include_str!("find.js"), "\n");
    page.run(&format!("{script}{WRITE}"), vec![json!(POSTS)])
        .await;
    page.wait("some to be written", async || {
        let written = page.run("return window.written", vec![]).await;
        (written.as_u64()? >= BEFORE_THE_KILL).then_some(())
    })
    .await;
    stage.kill_server();
    stage.restart_server();

    page.wait("all to be written", async || {
        let written = page.run("return window.written", vec![]).await;
        (written == POSTS).then_some(())
    })
    .await;
    page.wait("the widget to come back and send the rest", async || {
        let text = page.text().await;
        let waits = ["Waiting for the connection", "Sending…", "No connection"]
            .iter()
            .any(|words| text.contains(words));
        (text.contains("Sent") && !waits).then_some(())
    })
    .await;

    let address = stage.visitor_socket();
    let kept = page.run_async(READ, vec![json!(address)]).await;
    let expected: Vec<Value> = (1..=POSTS)
        .map(|n| json!([n, format!("message {n}")]))
        .collect();
    assert_eq!(kept, Value::Array(expected));
}
