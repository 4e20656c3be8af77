//! How a visitor can be reached (S4.14, S4.25).

use crate::stage::Stage;

#[tokio::test]
async fn nobody_answers_so_an_address_is_asked_for_and_the_agent_sees_it() {
    let stage = Stage::set(&["--ask-email", "1s"]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/plans.html")).await;
    page.open_chat().await;
    page.say("Is anyone there?").await;
    page.sees("Where should we write to you?").await;

    page.write("Where should we write to you?", "not an address")
        .await;
    page.click("button", "Save").await;
    page.sees("This does not look like an e-mail address").await;
    let field = page.find("textbox", "Where should we write to you?").await;
    field.clear().await.unwrap();
    field.send_keys("ines@cafelargo.pt").await.unwrap();
    page.click("button", "Save").await;
    page.sees("We will write to ines@cafelargo.pt.").await;
    page.misses("textbox", "Where should we write to you?")
        .await;

    let desk = stage.browser().await;
    desk.sign_in(&stage, "lucia@alba.example").await;
    desk.open_conversation("Is anyone there?").await;
    desk.find("link", "ines@cafelargo.pt").await;

    // It is not asked for again.
    page.reload().await;
    page.open_chat().await;
    page.sees("Is anyone there?").await;
    assert!(page.look("button", "Not now").await.is_none());
}

#[tokio::test]
async fn a_visitor_who_would_rather_not_is_left_alone() {
    let stage = Stage::set(&["--ask-email", "1s"]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    page.say("Hello?").await;
    page.click("button", "Not now").await;
    page.misses("button", "Not now").await;
    page.reload().await;
    page.open_chat().await;
    page.sees("Hello?").await;
    page.say("Still me").await;
    page.sees("Still me").await;
    assert!(page.look("button", "Not now").await.is_none());
}

#[tokio::test]
async fn a_site_may_require_an_address_before_the_first_message() {
    let stage = Stage::set(&["--ask-email", "before", "--email-required", "true"]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.click("button", "Open chat").await;
    page.sees("Where should we write to you?").await;
    assert!(page.look("button", "Not now").await.is_none());
    page.write("Where should we write to you?", "ines@cafelargo.pt")
        .await;
    page.click("button", "Save").await;
    page.say("Now we can talk").await;
    page.sees("Sent").await;

    let desk = stage.browser().await;
    desk.sign_in(&stage, "rui@alba.example").await;
    desk.open_conversation("Now we can talk").await;
    desk.find("link", "ines@cafelargo.pt").await;
}
