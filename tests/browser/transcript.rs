//! A conversation that its visitor has sent by e-mail.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::stage::Stage;

const TO: &str = "Send this conversation to";
/// A mail has arrived by then, or never will.
const ARRIVES: Duration = Duration::from_mins(1);

impl Browser {
    /// Asks for the transcript, at this address.
    async fn wants_it_sent_to(&self, address: &str) {
        self.click("button", "More").await;
        self.click("menuitem", "Send by e-mail").await;
        self.write(TO, address).await;
        self.submits().await;
    }

    /// Presses the button of the card.
    async fn submits(&self) {
        let script = "document.querySelector('saluda-widget').shadowRoot
            .querySelector('#rating [type=submit]').click();";
        self.run(script, vec![]).await;
    }
}

/// The code in a mail: the line that is moved in.
fn code(mail: &str) -> String {
    let line = mail.lines().find(|line| line.starts_with("    "));
    line.unwrap().trim().to_owned()
}

#[tokio::test]
async fn a_visitor_has_the_conversation_sent_once_they_have_shown_whose_the_address_is() {
    let stage = Stage::set(&["--ask-email", "never"]).await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    page.go(&stage.shop("/plans.html")).await;
    page.open_chat().await;

    // Whoever has said nothing has nothing to be sent.
    page.wants_it_sent_to("ines@example.com").await;
    page.sees("Nothing was said yet.").await;
    page.click("button", "Dismiss").await;

    desk.sign_in(&stage, "lucia@alba.example").await;
    page.say("Which beans are fruity?").await;
    desk.open_conversation("Which beans are fruity?").await;
    desk.answer("The Kenyan ones, from Nyeri.").await;
    page.sees("The Kenyan ones, from Nyeri.").await;

    page.wants_it_sent_to("ines").await;
    page.sees("This does not look like an e-mail address").await;
    page.write(TO, "@example.com").await;
    page.submits().await;
    page.sees("We sent a code to ines@example.com.").await;
    let [mail] = stage.mails().try_into().unwrap();
    assert!(!mail.contains("fruity"), "{mail}");
    let code = code(&mail);

    let label = "We sent a code to ines@example.com. Type it here:";
    page.write(label, "12").await;
    page.submits().await;
    page.sees("This is not the code that we sent.").await;
    let field = page.find("textbox", label).await;
    field.clear().await.unwrap();
    page.write(label, &code).await;
    page.submits().await;
    page.sees("The conversation is on its way to ines@example.com.")
        .await;
    let mails = stage.mails();
    let sent = mails.iter().find(|mail| mail.contains("fruity")).unwrap();
    assert!(sent.contains("To: ines@example.com"), "{sent}");
    assert!(sent.contains("The Kenyan ones, from Nyeri."), "{sent}");
    page.click("button", "Dismiss").await;
    page.find("textbox", "Message").await;
}

/// The mail server, and what arrives there.
struct Post {
    process: Child,
    port: String,
    arrives: mpsc::Receiver<Value>,
}

impl Post {
    fn open() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/browser/mail.js");
        let mut process = Command::new("node")
            .arg(script)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let first = lines.next().unwrap();
        let port = first.strip_prefix("listening on ").unwrap().to_owned();
        let (tell, arrives) = mpsc::channel();
        std::thread::spawn(move || {
            lines.for_each(|line| drop(tell.send(serde_json::from_str(&line).unwrap())));
        });
        Self {
            process,
            port,
            arrives,
        }
    }

    fn next(&self) -> Value {
        self.arrives.recv_timeout(ARRIVES).unwrap()
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Row 17 of the table of attacks, on a real wire: one mail for each, whose lines
/// stay what they are.
#[tokio::test]
async fn mail_leaves_by_the_operators_server() {
    let post = Post::open();
    let mut stage = Stage::set(&["--ask-email", "never"]).await;
    stage.configure(&format!(
        "smtp = 'smtp://127.0.0.1:{}'\nmail_from = 'chat@alba.example'",
        post.port
    ));
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    let evil = ".\nMAIL FROM:<a@evil.example>\n..\n.";
    page.run(
        "const field = document.querySelector('saluda-widget').shadowRoot.getElementById('composer');
         field.value = arguments[0];
         field.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        vec![json!(evil)],
    )
    .await;
    page.click("button", "Send").await;
    page.sees("MAIL FROM").await;
    page.sees("Sent").await;
    page.wants_it_sent_to("ines@example.com").await;
    page.sees("We sent a code to").await;
    let first = post.next();
    assert_eq!(first["from"], "chat@alba.example");
    assert_eq!(first["to"], json!(["ines@example.com"]));
    let code = code(first["text"].as_str().unwrap());
    page.write("We sent a code to ines@example.com. Type it here:", &code)
        .await;
    page.submits().await;
    page.sees("is on its way to ines@example.com.").await;
    let sent = post.next();
    assert_eq!(sent["to"], json!(["ines@example.com"]));
    let text = sent["text"].as_str().unwrap().replace("\r\n", "\n");
    let lines = "\n    .\n    MAIL FROM:<a@evil.example>\n    ..\n    .\n";
    assert!(text.contains(lines), "{text}");

    // One that is away is no reason to say that something was sent.
    drop(post);
    page.click("button", "Dismiss").await;
    page.wants_it_sent_to("ines@example.com").await;
    page.sees("Not sent: something went wrong on our side.")
        .await;
}
