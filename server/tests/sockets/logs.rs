//! What no log and no metric says: what people write, where they can be reached, and
//! what lets anyone in.

use saluda_protocol::{Claim, VisitorFrame, VisitorUpdate};

use crate::client::{Desk, Page};
use crate::server::{ORIGIN, PASSWORD, Server};

#[tokio::test]
async fn nothing_that_is_anyones_stands_in_the_log() {
    let server = Server::with(&["--log", "info,saluda=trace"]);
    let cookie = server.sign_in("lucia@alba.example");
    let wrong = r#"{"email":"lucia@alba.example","password":"planted-password"}"#;
    server.request("POST", "/api/session", "", wrong);
    server.request("POST", "/api/session", "", "planted-nonsense");

    let mut page = Page::new(&server).await;
    page.post(1, "planted-words").await;
    let claim = Claim {
        email: Some("planted-address@example.com".to_owned()),
        name: Some("planted-name".to_owned()),
        phone: None,
    };
    page.socket.send(&VisitorFrame::Contact(claim)).await;
    let told = |update| matches!(update, VisitorUpdate::Contact(_)).then_some(());
    page.socket.until("the contact", told).await;
    page.socket.say("planted-frame").await;
    page.upload(&server, "planted-file.txt", "planted-content")
        .unwrap();
    let mut desk = Desk::with_cookie(&server, &cookie, "shop").await;
    let conversation = desk.listed().await;
    desk.post(conversation, 2, "planted-answer").await;
    desk.open(conversation).await;

    let (_, token) =
        server.command("agent token lucia@alba.example --name planted-tool --scope triggers:read");
    let token = token.trim();
    let with_token =
        |token: &str| server.request_with_token("GET", "/api/sites/shop/triggers", token, "");
    assert!(with_token(token).starts_with("HTTP/1.1 200"));
    assert!(with_token("saluda_plantedtoken").starts_with("HTTP/1.1 401"));
    let (_, secret) = server.command("site secret make shop");
    let transcript = format!(
        "origin: {ORIGIN}\r\nauthorization: Visitor {}\r\n",
        page.credentials.to_cookie()
    );
    let wanted = r#"{"email":"planted-address@example.com"}"#;
    let sent = server.send("POST", "/api/sites/shop/transcripts", &transcript, wanted);
    assert!(sent.starts_with("HTTP/1.1 200"), "{sent}");
    server.send("GET", "/planted-path?planted-query", "", "");
    // Something of ours fails: that is logged, and still without any of it.
    std::fs::remove_dir_all(server.folder().join("saluda.files")).unwrap();
    std::fs::write(server.folder().join("saluda.files"), "").unwrap();
    let failed = page.upload(&server, "planted-file.txt", "planted-content");
    assert!(failed.unwrap_err().starts_with("HTTP/1.1 500"));

    let metrics = server.send("GET", "/metrics", "", "");
    assert!(metrics.contains("saluda_messages_total"), "{metrics}");
    let log = server.log();
    assert!(log.contains("a request failed"), "{log}");
    let (_, cookie) = cookie.split_once('=').unwrap();
    let kept = [
        "planted",
        PASSWORD,
        cookie,
        token,
        secret.trim(),
        &page.credentials.secret,
        "lucia@alba.example",
        "127.0.0.1:",
    ];
    for said in [&log, &metrics] {
        for kept in kept {
            // Where it listens is no visitor's address.
            let said = said.replace(server.address(), "");
            assert!(!said.contains(kept), "{kept}:\n{said}");
        }
    }
}
