//! History by cookie (S4.20 to S4.22).

use crate::stage::Stage;

#[tokio::test]
async fn a_reload_keeps_the_history_and_cleared_cookies_begin_anew() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    assert_eq!(page.cookie("saluda").await, None, "nobody interacted yet");
    page.say("Remember me").await;
    page.sees("Sent").await;
    let cookie = page.cookie("saluda").await.expect("no cookie");

    page.reload().await;
    page.open_chat().await;
    page.sees("Remember me").await;
    page.go(&stage.shop("/about.html")).await;
    page.open_chat().await;
    page.sees("Remember me").await;
    assert_eq!(page.cookie("saluda").await, Some(cookie.clone()));

    page.driver().delete_all_cookies().await.unwrap();
    page.reload().await;
    page.open_chat().await;
    page.sees("Hello, how can we help?").await;
    assert!(!page.text().await.contains("Remember me"));
    page.say("Someone new").await;
    page.sees("Sent").await;
    assert_ne!(page.cookie("saluda").await, Some(cookie));
}

#[tokio::test]
async fn where_consent_is_required_nothing_is_stored_until_the_visitor_writes() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.requires_consent().await;
    let stored = async || {
        page.run(
            "return document.cookie.length + localStorage.length + sessionStorage.length",
            vec![],
        )
        .await
    };
    page.go(&stage.shop("/plans.html")).await;
    page.open_chat().await;
    page.write("Message", "I have not sent this yet").await;
    assert_eq!(stored().await, 0);
    page.click("button", "Send").await;
    page.sees("Sent").await;
    assert_ne!(stored().await, 0);
    page.reload().await;
    page.open_chat().await;
    page.sees("I have not sent this yet").await;
}

#[tokio::test]
async fn what_could_not_be_sent_is_sent_after_a_reload() {
    let mut stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    page.say("The first").await;
    page.sees("Sent").await;

    stage.kill_server();
    page.say("Written offline").await;
    page.sees("Waiting for the connection").await;
    page.sees("No connection.").await;
    stage.restart_server();
    // A page that is loaded anew finds it in its memory.
    page.reload().await;
    page.open_chat().await;
    page.sees("Written offline").await;
    page.wait("both to be sent", async || {
        let text = page.text().await;
        (text.contains("Sent") && !text.contains("Waiting")).then_some(())
    })
    .await;
}
