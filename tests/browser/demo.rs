//! The demo's six triggers, each met by someone who does what it is for. Their
//! minutes are seconds here: the page's clock runs thirty times as fast.

use crate::browser::Browser;
use crate::stage::Stage;

const FAST: &str = "
    const [begun, real, wait] = [Date.now(), Date.now, window.setTimeout];
    Date.now = () => begun + (real() - begun) * 30;
    window.setTimeout = (then, ms, ...words) => wait(then, (ms || 0) / 30, ...words);
    // Nobody is held back, and nobody is dealt a variant.
    crypto.getRandomValues = (array) => array.fill(3);";

/// The shop, open at all hours: what it says when it is closed would come
/// before some of the others.
async fn open_shop() -> Stage {
    Stage::set(&["--hours", "none"]).await
}

/// A browser in which time flies.
async fn hurried(stage: &Stage) -> Browser {
    let page = stage.browser().await;
    page.before_each_page(FAST).await;
    page
}

#[tokio::test]
async fn who_compares_plans_is_asked_what_for() {
    let stage = open_shop().await;
    let page = hurried(&stage).await;
    page.go(&stage.shop("/plans.html")).await;
    page.sees("Not sure which plan fits?").await;
    page.find("button", "We are two").await;
}

#[tokio::test]
async fn who_looks_at_two_coffees_is_helped_to_choose() {
    let stage = open_shop().await;
    let page = hurried(&stage).await;
    page.go(&stage.shop("/coffee/huila.html")).await;
    page.is_ready().await;
    page.go(&stage.shop("/coffee/nyeri.html")).await;
    page.wait("a greeting", async || {
        let text = page.text().await;
        let greeted = text.contains("Choosing between two?") || text.contains("Which one? Ask me");
        greeted.then_some(())
    })
    .await;
}

#[tokio::test]
async fn who_reads_to_the_end_may_read_on() {
    let stage = open_shop().await;
    let page = hurried(&stage).await;
    page.go(&stage.shop("/coffee/decaf.html")).await;
    page.is_ready().await;
    page.run("scrollTo(0, document.body.scrollHeight)", vec![])
        .await;
    page.find("group", "Message from").await;
    page.find("link", "").await;
}

#[tokio::test]
async fn who_leaves_with_a_full_cart_is_held_up_once() {
    let stage = open_shop().await;
    let page = hurried(&stage).await;
    page.go(&stage.shop("/?plan=office")).await;
    page.is_ready().await;
    page.go(&stage.shop("/cart.html")).await;
    page.is_ready().await;
    page.run(
        "document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 }))",
        vec![],
    )
    .await;
    page.find("group", "Message from").await;
}

#[tokio::test]
async fn who_comes_back_is_greeted_by_name() {
    let stage = open_shop().await;
    let page = hurried(&stage).await;
    page.go(&stage.shop("/")).await;
    page.is_ready().await;
    // The next page comes an hour later, as far as the browser remembers.
    page.before_each_page(
        "window.Saluda = function () { (Saluda.q = Saluda.q || []).push(arguments) };
         Saluda('set', { name: 'Inês' });
         const words = JSON.parse(localStorage['saluda.visit']);
         for (const place of [6, 7]) words[place] -= 36e5;
         localStorage['saluda.visit'] = JSON.stringify(words);",
    )
    .await;
    page.go(&stage.shop("/")).await;
    page.sees("Good to see you again, Inês.").await;
}

#[tokio::test]
async fn who_comes_when_everyone_sleeps_leaves_an_address() {
    let hours = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(hours.path(), r#"{"zone":"Europe/Lisbon","weekly":{}}"#).unwrap();
    let stage = Stage::set(&["--hours", hours.path().to_str().unwrap()]).await;
    let page = hurried(&stage).await;
    page.go(&stage.shop("/about.html")).await;
    page.sees("The roaster sleeps, and so do we.").await;
}
