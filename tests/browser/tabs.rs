//! Several tabs of one visitor: one socket, one sound, and what waits in the
//! titles of those that nobody sees.

use serde_json::json;
use thirtyfour::WindowHandle;

use crate::browser::Browser;
use crate::stage::Stage;
use crate::studio::LUCIA;

/// Counts what is played, over all tabs: a sound is two tones.
const EARS: &str = "
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
        localStorage.tones = Number(localStorage.tones || 0) + 1;
        return start.apply(this, when);
    };";

impl Browser {
    /// Opens a tab beside this one, and looks at it.
    async fn another_tab(&self) -> WindowHandle {
        let tab = self.driver().new_tab().await.unwrap();
        self.look_at(&tab).await;
        tab
    }

    async fn look_at(&self, tab: &WindowHandle) {
        self.ask(tab).await;
        let cdp = self.driver().cdp();
        cdp.send_raw("Page.bringToFront", json!({})).await.unwrap();
    }

    /// Turns to a tab and leaves it where it is.
    async fn ask(&self, tab: &WindowHandle) {
        self.driver().switch_to_window(tab.clone()).await.unwrap();
    }

    /// Waits until the server has this many sockets of visitors. The browser is
    /// on the page that says so.
    async fn counts_sockets(&self, count: u32) {
        let line = format!("saluda_sockets{{side=\"visitor\"}} {count}");
        self.wait(&line, async || {
            self.reload().await;
            self.text().await.contains(&line).then_some(())
        })
        .await;
    }

    /// Lets the browser freeze the page, or go on with it.
    async fn becomes(&self, state: &str) {
        let cdp = self.driver().cdp();
        let state = json!({ "state": state });
        cdp.send_raw("Page.setWebLifecycleState", state)
            .await
            .unwrap();
    }

    /// Waits until the page is called so.
    async fn is_called(&self, title: &str) {
        self.wait(&format!("the title `{title}`"), async || {
            let called = self.run("return document.title", vec![]).await;
            (called == json!(title)).then_some(())
        })
        .await;
    }
}

/// An agent at the desk, and a visitor whose message has come there.
async fn talking(stage: &Stage) -> (Browser, Browser) {
    let (page, desk) = (stage.browser().await, stage.browser().await);
    desk.sign_in(stage, LUCIA).await;
    page.before_each_page(EARS).await;
    page.go(&stage.shop("/plans.html")).await;
    page.open_chat().await;
    page.say("Do you ship to Porto?").await;
    page.sees("Delivered").await;
    (page, desk)
}

/// A browser that counts sockets.
async fn operator(stage: &Stage) -> Browser {
    let operator = stage.browser().await;
    operator.go(&stage.metrics()).await;
    operator
}

#[tokio::test]
async fn tabs_share_a_socket_and_hand_it_on() {
    let mut stage = Stage::set(&[]).await;
    let (page, desk) = talking(&stage).await;
    let operator = operator(&stage).await;
    let first = page.driver().window().await.unwrap();
    let second = page.another_tab().await;
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    page.sees("Do you ship to Porto?").await;
    operator.counts_sockets(1).await;

    // What is said in one tab, and to it, is in all of them.
    page.say("By Friday?").await;
    page.sees("Delivered").await;
    desk.open_conversation("By Friday?").await;
    desk.answer("On Thursday.").await;
    for tab in [&second, &first] {
        page.look_at(tab).await;
        page.sees("By Friday?").await;
        page.sees("On Thursday.").await;
    }
    desk.sees("Read").await;

    // The server goes and comes: they come back together.
    stage.kill_server();
    page.sees("No connection").await;
    stage.restart_server();
    page.say("Thank you!").await;
    desk.sees("Thank you!").await;
    page.look_at(&second).await;
    page.sees("Thank you!").await;
    operator.counts_sockets(1).await;

    // Whichever tab has it goes, and the other one goes on.
    page.look_at(&first).await;
    page.driver().close_window().await.unwrap();
    page.look_at(&second).await;
    desk.answer("You are welcome.").await;
    page.sees("You are welcome.").await;
    page.say("Bye!").await;
    desk.sees("Bye!").await;
    operator.counts_sockets(1).await;
}

#[tokio::test]
async fn one_tab_rings_and_each_says_what_waits() {
    let stage = Stage::set(&[]).await;
    let (page, desk) = talking(&stage).await;
    let title = page.run("return document.title", vec![]).await;
    page.click("button", "Close").await;
    let first = page.driver().window().await.unwrap();
    let second = page.another_tab().await;
    page.go(&stage.shop("/about.html")).await;
    page.find("button", "Open chat").await;

    let other_title = page.run("return document.title", vec![]).await;
    page.driver().minimize_window().await.unwrap();

    desk.open_conversation("Do you ship to Porto?").await;
    desk.answer("We do, in two days.").await;
    let titles = [(&first, &title), (&second, &other_title)];
    for (tab, title) in titles {
        page.ask(tab).await;
        page.is_called(&format!("(1) {}", title.as_str().unwrap()))
            .await;
    }
    let tones = "return Number(localStorage.tones || 0)";
    page.wait("a sound", async || {
        (page.run(tones, vec![]).await == json!(2)).then_some(())
    })
    .await;

    // Seen again, the pages have their own titles, whatever waits.
    page.driver()
        .set_window_rect(0, 0, 1280, 900)
        .await
        .unwrap();
    for (tab, title) in titles {
        page.ask(tab).await;
        page.is_called(title.as_str().unwrap()).await;
        page.find("button", "Open chat, 1 unread message").await;
    }
    // Read in one tab, it waits in none.
    page.click("button", "Open chat").await;
    page.sees("We do, in two days.").await;
    page.ask(&first).await;
    page.find("button", "Open chat").await;
    page.misses("button", "Open chat, 1 unread message").await;
    assert_eq!(page.run(tones, vec![]).await, json!(2));
}

#[tokio::test]
async fn a_page_that_is_gone_back_to_goes_on_where_it_was() {
    let stage = Stage::set(&[]).await;
    let (page, desk) = talking(&stage).await;
    let operator = operator(&stage).await;
    desk.open_conversation("Do you ship to Porto?").await;
    page.write("Message", "By Fri").await;
    let mark = "window.mark = 1;
        addEventListener('pageshow', ({ persisted }) => { window.kept = persisted });";
    page.run(mark, vec![]).await;
    page.go(&stage.shop("/about.html")).await;
    page.find("button", "Open chat").await;
    operator.counts_sockets(1).await;
    page.driver().back().await.unwrap();
    page.wait("the page as it was", async || {
        let kept = page.run("return [window.mark, window.kept]", vec![]).await;
        (kept == json!([1, true])).then_some(())
    })
    .await;
    operator.counts_sockets(1).await;
    // What was typed is there, and what is said meanwhile comes.
    desk.answer("We do, in two days.").await;
    page.sees("We do, in two days.").await;
    page.write("Message", "day?").await;
    page.click("button", "Send").await;
    desk.sees("By Friday?").await;
}

#[tokio::test]
async fn a_frozen_page_has_no_socket_and_comes_back_with_what_it_missed() {
    let stage = Stage::set(&[]).await;
    let (page, desk) = talking(&stage).await;
    let operator = operator(&stage).await;
    desk.open_conversation("Do you ship to Porto?").await;
    page.becomes("frozen").await;
    operator.counts_sockets(0).await;
    desk.answer("We do, in two days.").await;
    desk.sees("Sent").await;
    page.becomes("active").await;
    page.sees("We do, in two days.").await;
    operator.counts_sockets(1).await;
}
