//! How a page hears what its site is like: with the script, or by asking for it.

use serde_json::json;

use crate::browser::Browser;
use crate::greetings::{always, trigger};
use crate::stage::Stage;

impl Browser {
    /// Whether the page asked for the config of a site.
    async fn asks_for(&self, site: &str) -> bool {
        self.asked()
            .await
            .contains(&format!("/api/sites/{site}/config"))
    }
}

#[tokio::test]
async fn what_an_owner_writes_is_data_to_the_script_it_comes_with() {
    let name = r#"Nuno's "best" \ '); window.hit = 1; ('</script>"#;
    let stage = Stage::set(&["--name", name]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/about.html")).await;
    page.open_chat().await;
    page.sees(name).await;
    assert!(!page.asks_for("demo").await);
    assert_eq!(page.run("return window.hit", vec![]).await, json!(null));
}

#[tokio::test]
async fn a_page_asks_where_the_browser_cannot_tell_how_old_the_script_is() {
    let stage = Stage::set(&[]).await;
    for page_has in [
        "performance.getEntriesByName = () => { throw new Error('none') }",
        "const { now } = Date; Date.now = () => now() - 3600000",
    ] {
        let page = stage.browser().await;
        page.before_each_page(page_has).await;
        page.go(&stage.shop("/about.html")).await;
        page.is_ready().await;
        assert!(page.asks_for("demo").await);
    }
}

#[tokio::test]
async fn a_page_asks_where_it_may_be_of_more_than_one_site() {
    let stage = Stage::set(&[]).await;
    let shop = stage.shop("");
    let school = ["site", "add", "--key", "school", "--origin", &shop];
    stage.saluda(&[&school[..], &["School"]].concat());
    let page = stage.browser().await;
    page.go(&stage.shop("/about.html")).await;
    page.is_ready().await;
    assert!(page.asks_for("demo").await);
    page.open_chat().await;
    page.sees("Alba Coffee").await;
}

#[tokio::test]
async fn a_page_of_another_site_asks_and_hears_why_it_may_not() {
    let stage = Stage::set(&[]).await;
    let elsewhere = "https://school.example";
    stage.saluda(&[
        "site", "add", "--key", "school", "--origin", elsewhere, "School",
    ]);
    let page = stage.browser().await;
    page.go(&stage.shop("/about.html")).await;
    page.is_ready().await;
    // Another address, so that it is sent for this page view.
    let other = "const { src } = document.querySelector('script[data-site]');
        Saluda('destroy');
        const script = document.createElement('script');
        script.crossOrigin = 'anonymous';
        script.src = src + '?other';
        script.dataset.site = 'school';
        document.head.append(script)";
    page.run(other, vec![]).await;
    page.wait("a question", async || {
        page.asks_for("school").await.then_some(())
    })
    .await;
    assert!(!page.asks_for("demo").await);
    page.wait("the reason", async || {
        let log = page.log().await;
        log.contains("may not show this site's widget")
            .then_some(())
    })
    .await;
}

#[tokio::test]
async fn going_back_is_a_page_view_that_hears_of_what_was_published_meanwhile() {
    let stage = Stage::with_triggers(&[trigger("before", &always(), &json!({}))]).await;
    let page = stage.browser().await;
    // A page that holds a lock is not kept as it is, but loaded again.
    page.before_each_page("navigator.locks.request('open', () => new Promise(() => {}))")
        .await;
    page.go(&stage.shop("/about.html")).await;
    page.is_greeted_by("before").await;
    page.go(&stage.shop("/404.html")).await;
    stage.publish(&[trigger("after", &always(), &json!({}))]);
    page.driver().back().await.unwrap();
    page.is_greeted_by("after").await;
    let way = "return performance.getEntriesByType('navigation')[0].type";
    assert_eq!(page.run(way, vec![]).await, "back_forward");
    assert!(!page.shows_greeting("before").await);
}
