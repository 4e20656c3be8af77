//! The form before the chat and the question after it, from the settings to the
//! agent who reads what came of them.

use thirtyfour::Key;

use crate::stage::Stage;
use crate::studio::LUCIA;

#[tokio::test]
async fn what_is_asked_before_and_after_reaches_the_agent_and_is_asked_once() {
    let stage = Stage::set(&[]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    desk.go(&format!("{}/settings/form", stage.desk())).await;
    desk.click("checkbox", "Ask visitors something before they write")
        .await;
    desk.find("textbox", "Why you ask").await;
    desk.write("Why you ask", "So that the right person answers.")
        .await;
    // The e-mail address has to be given, the name need not be.
    desk.scroll_and_click("button", "Move question 2 up").await;
    desk.scroll_and_click("checkbox", "Must be answered").await;
    desk.scroll_and_click("checkbox", "Ask visitors how it was")
        .await;
    desk.click("button", "Save").await;
    desk.sees("Saved.").await;

    let page = stage.browser().await;
    page.go(&stage.shop("/plans.html")).await;
    page.click("button", "Open chat").await;
    page.sees("So that the right person answers.").await;
    page.click("button", "Continue").await;
    page.sees("Please fill this in.").await;
    page.write("Your e-mail address", "ines@").await;
    page.write("Your name", "Inês Carvalho").await;
    page.click("button", "Continue").await;
    page.sees("This does not look like an e-mail address").await;
    page.write("Your e-mail address", "cafelargo.pt").await;
    // A reload in the middle loses nothing.
    page.reload().await;
    page.click("button", "Open chat").await;
    let email = page.find("textbox", "Your e-mail address").await;
    let typed = email.value().await.unwrap();
    assert_eq!(typed.as_deref(), Some("ines@cafelargo.pt"));
    page.click("button", "Continue").await;
    page.misses("textbox", "Your e-mail address").await;
    page.say("Which plan fits a small office?").await;
    page.sees("Delivered").await;

    desk.go(&stage.desk()).await;
    desk.open_conversation("Which plan fits a small office?")
        .await;
    desk.sees("Form filled in. Your e-mail address: ines@cafelargo.pt · Your name: Inês Carvalho")
        .await;
    desk.find("link", "ines@cafelargo.pt").await;

    // It is not asked for again.
    page.reload().await;
    page.open_chat().await;
    page.sees("Which plan fits a small office?").await;
    assert!(page.look("button", "Continue").await.is_none());

    desk.answer("The one for offices.").await;
    page.sees("The one for offices.").await;
    desk.click("button", "Close").await;
    let good = page.find("radio", "Good").await;
    good.send_keys(" ").await.unwrap();
    page.write("Anything to add?", "Quick, and kind.").await;
    page.find("textbox", "Anything to add?")
        .await
        .send_keys(Key::Tab + " ")
        .await
        .unwrap();
    page.sees("Thank you for telling us.").await;
    desk.sees("Rated by the visitor: 🙂 Good. “Quick, and kind.”")
        .await;

    // Writing on opens it again, and then there is nothing to rate.
    page.say("One more thing").await;
    desk.sees("One more thing").await;
    page.wait("the question to go", async || {
        let text = page.text().await;
        (!text.contains("Thank you for telling us.")).then_some(())
    })
    .await;
}
