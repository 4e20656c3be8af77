//! A visitor and an agent talk.

use crate::stage::Stage;

#[tokio::test]
async fn a_visitor_writes_an_agent_answers_and_marks_change_on_both_sides() {
    let stage = Stage::set(&[]).await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    desk.sign_in(&stage, "lucia@alba.example").await;

    page.go(&stage.shop("/plans.html")).await;
    page.open_chat().await;
    page.say("Do you ship to Porto?").await;
    page.sees("Do you ship to Porto?").await;

    // The inbox hears of it without a reload, and the desk has it: delivered.
    desk.sees("Do you ship to Porto?").await;
    page.sees("Delivered").await;
    desk.open_conversation("Do you ship to Porto?").await;
    page.sees("Read").await;

    desk.answer("We do, in two days.").await;
    page.sees("We do, in two days.").await;
    page.sees("Lucía").await;
    // What was on the visitor's screen is read on the agent's.
    desk.sees("Read").await;
    page.say("Thank you!").await;
    desk.sees("Thank you!").await;
}

#[tokio::test]
async fn an_agent_closes_and_the_visitor_opens_again_by_writing() {
    let stage = Stage::set(&[]).await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    page.say("Is the decaf back?").await;

    desk.sign_in(&stage, "rui@alba.example").await;
    desk.open_conversation("Is the decaf back?").await;
    desk.find("textbox", "Your reply").await;
    desk.click("button", "Close").await;
    desk.find("button", "Reopen").await;
    page.sees("closed this conversation").await;
    desk.click("tab", "Closed").await;
    desk.sees("Is the decaf back?").await;

    page.say("I found it.").await;
    desk.find("button", "Close").await;
    desk.click("tab", "Open").await;
    desk.sees("I found it.").await;
}

#[tokio::test]
async fn the_panel_closed_a_new_answer_shows_on_the_launcher() {
    let stage = Stage::set(&[]).await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    page.say("Can I pick it up?").await;
    page.sees("Sent").await;
    page.click("button", "Close").await;
    desk.sign_in(&stage, "nora@alba.example").await;
    desk.open_conversation("Can I pick it up?").await;
    desk.answer("Yes, at the roastery.").await;
    page.find("button", "Open chat, 1 unread message").await;
    desk.sees("Delivered").await;
    page.click("button", "Open chat").await;
    page.sees("Yes, at the roastery.").await;
    desk.sees("Read").await;
}

#[tokio::test]
async fn the_desk_sees_where_a_single_page_app_has_gone() {
    let stage = Stage::set(&[]).await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    page.go(&stage.shop("/app/")).await;
    page.open_chat().await;
    page.say("Which one is for filter?").await;
    page.sees("Sent").await;
    desk.sign_in(&stage, "lucia@alba.example").await;
    desk.open_conversation("Which one is for filter?").await;
    desk.sees("Quick order").await;
    page.click("button", "Close").await;
    page.click("link", "Cart").await;
    desk.sees("Your cart").await;
}
