//! Every kind of page a stranger may have.

use crate::accessible::axe;
use crate::browser::Browser;
use crate::stage::Stage;

async fn talks(page: &Browser, text: &str) {
    page.open_chat().await;
    page.say(text).await;
    page.sees("Sent").await;
}

#[tokio::test]
async fn an_ordinary_page_carries_the_widget_and_nothing_breaks() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.open_chat().await;
    // Nothing moved while it came: the widget floats, and its launcher is
    // replaced by one of the same shape.
    let shifts = page
        .run_async(
            "const done = arguments[arguments.length - 1];
             const shifts = [];
             new PerformanceObserver((list) => {
               for (const { value, sources } of list.getEntries()) {
                 shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]);
               }
             }).observe({ type: 'layout-shift', buffered: true });
             requestAnimationFrame(() => requestAnimationFrame(() => done(shifts)));",
            vec![],
        )
        .await;
    assert_eq!(shifts, serde_json::json!([]));
    page.say("From the front page").await;
    page.sees("Sent").await;
    let log = page.log().await;
    assert!(!log.contains("SEVERE"), "{log}");
}

#[tokio::test]
async fn a_single_page_app_keeps_the_conversation_while_it_moves() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/app/")).await;
    talks(&page, "From the app").await;
    page.run(
        "history.pushState({}, '', '/app/basket'); dispatchEvent(new PopStateEvent('popstate'));",
        vec![],
    )
    .await;
    page.sees("From the app").await;
    page.say("And from the basket").await;
    page.sees("And from the basket").await;
}

#[tokio::test]
async fn a_strict_content_policy_is_kept() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/strict.html")).await;
    talks(&page, "From behind the policy").await;
    let log = page.log().await;
    assert!(!log.contains("Content Security Policy"), "{log}");
}

#[tokio::test]
async fn hostile_styles_reach_nothing() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/hostile.html")).await;
    let launcher = page.find("button", "Open chat").await;
    let box_ = launcher.rect().await.unwrap();
    assert_eq!((box_.width.round(), box_.height.round()), (56.0, 56.0));
    // A click that lands proves that nothing lies above.
    talks(&page, "From under the rubble").await;
    let panel = page.find("dialog", "").await;
    let width = panel.rect().await.unwrap().width;
    assert!((360.0..=440.0).contains(&width), "{width}");
}

#[tokio::test]
async fn where_a_page_refuses_modules_a_link_leads_to_a_page_that_does_not() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.before_each_page("delete window.WebAssembly;").await;
    page.go(&stage.shop("/")).await;
    let link = page.find("link", "Open chat").await;
    let address = link.attr("href").await.unwrap().unwrap();

    let elsewhere = stage.browser().await;
    elsewhere.go(&address).await;
    elsewhere.say("From the page of the server").await;
    elsewhere.sees("Sent").await;
    let faults = elsewhere.faults(&axe(), None).await;
    assert!(faults.is_empty(), "{faults:?}");
    let log = elsewhere.log().await;
    assert!(!log.contains("Content Security Policy"), "{log}");
}

#[tokio::test]
async fn destroy_takes_everything_away() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    talks(&page, "Hello").await;
    page.run("Saluda('destroy')", vec![]).await;
    let left = page
        .run(
            "return document.querySelectorAll('saluda-widget').length",
            vec![],
        )
        .await;
    assert_eq!(left, 0);
    // What was a global stays callable, so that the page's own calls are safe.
    page.run("Saluda('open'); Saluda('nonsense');", vec![])
        .await;
    assert!(page.look("button", "Open chat").await.is_none());
}

#[tokio::test]
async fn a_page_view_that_never_talks_costs_no_socket_and_no_cookie() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.before_each_page(
        "window.sockets = 0;
         window.WebSocket = class extends WebSocket {
           constructor(...words) {
             super(...words);
             window.sockets += 1;
           }
         };",
    )
    .await;
    page.go(&stage.shop("/")).await;
    page.find("button", "Open chat").await;
    page.run_async(
        "Saluda('on', 'ready', arguments[arguments.length - 1]);",
        vec![],
    )
    .await;
    let asked = page
        .run(
            "return performance.getEntriesByType('resource').map((one) => new URL(one.name))
               .filter((one) => one.port !== location.port).map((one) => one.pathname)
               .map((path) => path.replace(/\\.[0-9a-f]{8,}\\./, '.'))",
            vec![],
        )
        .await;
    let mut asked: Vec<&str> = asked
        .as_array()
        .unwrap()
        .iter()
        .map(|path| path.as_str().unwrap())
        .collect();
    asked.sort_unstable();
    assert_eq!(
        asked,
        ["/assets/runtime.js", "/assets/runtime.wasm", "/widget.js"]
    );
    assert_eq!(page.cookie("saluda").await, None);
    assert_eq!(page.run("return sockets", vec![]).await, 0);
    // The count is one that counts.
    talks(&page, "Now we talk").await;
    assert_eq!(page.run("return sockets", vec![]).await, 1);
}

#[tokio::test]
async fn an_open_chat_is_above_whatever_the_page_has() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.is_ready().await;
    let cover = "const cover = document.createElement('div');
        cover.style = 'position:fixed;inset:0;z-index:2147483647';
        document.documentElement.append(cover);
        Saluda('open')";
    page.run(cover, vec![]).await;
    let composer = page.find("textbox", "Message").await.to_json().unwrap();
    let above = "const { left, top } = arguments[0].getBoundingClientRect();
        return document.elementFromPoint(left + 2, top + 2).localName";
    assert_eq!(page.run(above, vec![composer]).await, "saluda-widget");
}

#[tokio::test]
async fn a_chat_that_the_page_has_thrown_out_opens_once_it_is_back() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.is_ready().await;
    let out = "window.host = document.querySelector('saluda-widget');
        host.remove();
        Saluda('open')";
    page.run(out, vec![]).await;
    page.run("document.documentElement.append(host)", vec![])
        .await;
    page.find("textbox", "Message").await;
}
