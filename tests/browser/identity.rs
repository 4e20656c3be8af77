//! Who the visitor is by the owner's word: signed as the document shows, in
//! each of its four languages, told by a page, seen at the desk.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::stage::Stage;

const DOCUMENT: &str = include_str!("../../docs/identity.md");

/// Runs a program on a script and returns what it prints.
fn run(program: &str, words: &[&str], script: &str) -> String {
    let mut process = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} is needed for the documents: {error}"));
    let mut stdin = process.stdin.take().unwrap();
    stdin.write_all(script.as_bytes()).unwrap();
    drop(stdin);
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{program}:\n{script}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The code in this language; the longest, for the others show how a page uses it.
fn code_of(language: &str) -> String {
    let begin = format!("```{language}\n");
    let blocks = DOCUMENT
        .split(&begin)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let longest = blocks.max_by_key(|block| block.len()).unwrap();
    longest.to_owned()
}

/// Signs with what the document shows for Node.js.
fn in_node(user: &Value, secret: &str, now: u64, id: &str) -> String {
    let call = format!(
        "console.log(identityToken({user}, {}, {now}, {}));",
        json!(secret),
        json!(id)
    );
    let script = format!("{}\n{call}", code_of("js"));
    run("node", &["--input-type=module", "-"], &script)
}

/// Signs with what the document shows for Python.
fn in_python(user: &Value, secret: &str, now: u64, id: &str) -> String {
    let call = format!(
        "print(identity_token(json.loads({}), {}, {now}, {}))",
        json!(user.to_string()),
        json!(secret),
        json!(id)
    );
    let script = format!("{}\n{call}", code_of("python"));
    run("python3", &["-X", "utf8", "-"], &script)
}

/// Signs with what the document shows for PHP.
fn in_php(user: &Value, secret: &str, now: u64, id: &str) -> String {
    let call = format!(
        "echo identity_token(json_decode({}, true), {}, {now}, {});",
        json!(user.to_string()),
        json!(secret),
        json!(id)
    );
    run("php", &[], &format!("<?php\n{}\n{call}", code_of("php")))
}

/// Signs with what the document shows for Go: a package of its own, as it
/// stands, and a program that uses it.
fn in_go(user: &Value, secret: &str, now: u64, id: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("identity")).unwrap();
    write("go.mod", "module shop\n\ngo 1.19\n");
    write("identity/identity.go", &code_of("go"));
    write(
        "main.go",
        &format!(
            "package main\n\nimport (\n\"fmt\"\n\"shop/identity\"\n\"time\"\n)\n\n\
             func main() {{\n\
             user := identity.User{{ID: {}, Email: {}, Name: {}}}\n\
             token, err := identity.Token(user, {}, time.Unix({now}, 0), {})\n\
             if err != nil {{\npanic(err)\n}}\n\
             fmt.Print(token)\n}}\n",
            user["id"],
            user["email"],
            user["name"],
            json!(secret),
            json!(id)
        ),
    );
    let output = Command::new("go")
        .args(["run", "."])
        .current_dir(folder.path())
        .envs([
            ("GOFLAGS", "-mod=mod"),
            ("GOPROXY", "off"),
            ("GOTOOLCHAIN", "local"),
        ])
        .output()
        .unwrap_or_else(|error| panic!("go is needed for the documents: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "go: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn ines() -> Value {
    json!({ "id": "u-42", "email": "ines@cafelargo.pt", "name": "Inês Nogueira" })
}

fn now() -> u64 {
    let now = std::time::SystemTime::now();
    now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

#[test]
fn what_the_document_shows_signs_alike() {
    let secret = "saluda_identity_for-documentation-only";
    let (now, id) = (1_795_284_000, "5d1f0c9ab2e34477");
    let expected = code_of("text");
    assert_eq!(in_node(&ines(), secret, now, id), expected.trim());
    assert_eq!(in_python(&ines(), secret, now, id), expected.trim());
    assert_eq!(in_php(&ines(), secret, now, id), expected.trim());
    assert_eq!(in_go(&ines(), secret, now, id), expected.trim());
}

impl Browser {
    /// Writes down what the page hears of identities, from the next page on.
    async fn hears_identities(&self) {
        self.before_each_page(
            "window.told = []; window.opened = 0;
             addEventListener('saluda:identified', ({ detail }) => told.push(detail));
             window.WebSocket = class extends WebSocket { constructor(...words) { super(...words); opened += 1; } };",
        )
        .await;
    }

    /// Waits until the page was told so often, and returns the last.
    async fn identified(&self, times: usize) -> Value {
        self.wait("the identity to be told", async || {
            let told = self.run("return told", vec![]).await;
            let told = told.as_array()?;
            (told.len() == times).then(|| told.last().unwrap().clone())
        })
        .await
    }
}

#[tokio::test]
async fn a_visitor_who_signs_in_finds_what_they_said_on_every_device() {
    let stage = Stage::set(&[]).await;
    let secret = stage.saluda(&["site", "secret", "make", "demo"]);
    let secret = secret.trim();
    let desk = stage.browser().await;
    desk.sign_in(&stage, "lucia@alba.example").await;

    let laptop = stage.browser().await;
    laptop.hears_identities().await;
    laptop.go(&stage.shop("/")).await;
    laptop.open_chat().await;
    laptop.say("Asked before signing in").await;
    laptop.sees("Delivered").await;
    let anonymous = laptop.cookie("saluda").await.unwrap();
    desk.open_conversation("Asked before signing in").await;
    let token = in_node(&ines(), secret, now(), "one");
    laptop.calls(json!(["identify", { "token": token }])).await;
    assert_eq!(laptop.identified(1).await, json!({ "verified": true }));
    laptop.sees("Asked before signing in").await;
    let known = laptop.cookie("saluda").await.unwrap();
    assert_ne!(known, anonymous);
    desk.sees("Inês Nogueira").await;
    desk.sees("Verified").await;

    // The next page says it again, with a token of its own, and needs no answer.
    laptop.go(&stage.shop("/404.html")).await;
    let token = in_python(&ines(), secret, now(), "two");
    laptop.calls(json!(["identify", { "token": token }])).await;
    assert_eq!(laptop.identified(1).await, json!({ "verified": true }));
    assert_eq!(laptop.cookie("saluda").await, Some(known));

    // That token was not used; the phone may have it.
    let phone = stage.browser().await;
    phone.hears_identities().await;
    phone.go(&stage.shop("/")).await;
    phone.calls(json!(["identify", { "token": token }])).await;
    assert_eq!(phone.identified(1).await, json!({ "verified": true }));
    phone.open_chat().await;
    phone.sees("Asked before signing in").await;
}

#[tokio::test]
async fn who_signs_out_leaves_nothing_to_the_next() {
    let stage = Stage::set(&[]).await;
    let secret = stage.saluda(&["site", "secret", "make", "demo"]);
    let secret = secret.trim();
    let page = stage.browser().await;
    page.hears_identities().await;
    page.go(&stage.shop("/")).await;
    let sign = |user: &str, id: &str| {
        let user = json!({ "id": user, "email": "ines@cafelargo.pt", "name": user });
        json!(["identify", { "token": in_node(&user, secret, now(), id) }])
    };
    page.calls(sign("ines", "one")).await;
    page.identified(1).await;
    page.open_chat().await;
    page.say("Only between us").await;
    page.sees("Sent").await;
    page.run(
        "addEventListener('saluda:unread', ({ detail }) => { window.unread = detail.count })",
        vec![],
    )
    .await;
    page.calls(json!(["reset"])).await;
    assert_eq!(page.cookie("saluda").await, None);
    assert_eq!(page.run("return unread", vec![]).await, 0);
    page.open_chat().await;
    page.sees("Hello, how can we help?").await;
    assert!(!page.text().await.contains("Only between us"));
    page.say("Someone else").await;
    page.sees("Sent").await;

    page.calls(sign("kofi", "two")).await;
    page.identified(2).await;
    page.sees("Someone else").await;
    assert!(!page.text().await.contains("Only between us"));
    // What was used is used, for whoever has copied it.
    page.calls(json!(["reset"])).await;
    page.calls(sign("ines", "one")).await;
    let refused = page.identified(3).await;
    assert_eq!(refused["verified"], false);
    assert_eq!(refused["code"], "identity_used");
    assert!(page.log().await.contains("the token was used before"));
    page.calls(sign("ines", "three")).await;
    page.identified(4).await;
    page.open_chat().await;
    page.sees("Only between us").await;
}

#[tokio::test]
async fn claims_are_told_with_what_the_visitor_says_and_are_not_verified() {
    let stage = Stage::set(&[]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, "lucia@alba.example").await;
    let page = stage.browser().await;
    page.hears_identities().await;
    page.go(&stage.shop("/404.html")).await;
    let claims =
        json!(["identify", { "email": "kofi@example.com", "name": "Kofi Wiredu", "plan": "pro" }]);
    page.calls(claims).await;
    assert_eq!(page.identified(1).await, json!({ "verified": false }));
    assert_eq!(
        page.run("return opened", vec![]).await,
        0,
        "nobody is written down for it"
    );
    page.open_chat().await;
    page.say("Do you ship to Accra?").await;
    page.sees("Delivered").await;
    desk.open_conversation("Do you ship to Accra?").await;
    desk.sees("Kofi Wiredu").await;
    desk.sees("kofi@example.com").await;
    desk.sees("Not verified").await;
}
