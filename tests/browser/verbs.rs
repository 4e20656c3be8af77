//! What a page can say while it goes on: another language, another theme, that it
//! is over.

use serde_json::json;

use crate::manners::COUNT;
use crate::stage::Stage;

#[tokio::test]
async fn another_language_comes_while_the_page_goes_on() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.before_each_page(
        "window.opened = 0; addEventListener('saluda:open', () => { opened += 1 });",
    )
    .await;
    page.go(&stage.shop("/404.html")).await;
    // Before the chat is needed it is only the launcher's name.
    page.is_ready().await;
    page.calls(json!(["locale", "es-MX"])).await;
    page.find("button", "Abrir el chat").await;
    page.click("button", "Abrir el chat").await;
    page.find("textbox", "Mensaje").await;
    page.write("Mensaje", "¿Envían a Oporto?").await;
    page.calls(json!(["locale", "pt"])).await;
    let field = page.find("textbox", "Mensagem").await;
    assert_eq!(
        field.value().await.unwrap().as_deref(),
        Some("¿Envían a Oporto?")
    );
    page.click("button", "Enviar").await;
    page.sees("¿Envían a Oporto?").await;
    page.sees("Enviada").await;
    // One it does not speak is answered with the page's.
    page.calls(json!(["locale", "tlh"])).await;
    page.find("textbox", "Message").await;
    page.sees("¿Envían a Oporto?").await;
    assert_eq!(
        page.run("return opened", vec![]).await,
        1,
        "it was open all the time"
    );
    assert_eq!(
        page.run(
            "return document.querySelectorAll('saluda-widget').length",
            vec![]
        )
        .await,
        1
    );
}

#[tokio::test]
async fn the_page_chooses_between_light_and_dark() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/404.html")).await;
    let colour = async |of: &str| {
        let script = "const found = document.querySelector('saluda-widget').shadowRoot.querySelector(arguments[0]);
            return found && getComputedStyle(found).backgroundColor";
        page.run(script, vec![json!(of)]).await
    };
    page.is_ready().await;
    let light = colour(".launcher").await;
    page.calls(json!(["theme", "dark"])).await;
    page.wait("the launcher to be dark", async || {
        (colour(".launcher").await != light).then_some(())
    })
    .await;
    page.open_chat().await;
    let dark = colour(".panel").await;
    assert_eq!(dark, "rgb(20, 27, 31)");
    page.calls(json!(["locale", "es"])).await;
    page.find("textbox", "Mensaje").await;
    assert_eq!(colour(".panel").await, dark, "in another language too");
    page.calls(json!(["theme", "light"])).await;
    page.wait("the panel to be light", async || {
        (colour(".panel").await == "rgb(255, 255, 255)").then_some(())
    })
    .await;
    page.calls(json!(["theme", "auto"])).await;
    page.calls(json!(["theme", "sepia"])).await;
    page.wait("a word about it", async || {
        page.log().await.contains("a theme is").then_some(())
    })
    .await;
    assert_eq!(colour(".panel").await, "rgb(255, 255, 255)");
}

#[tokio::test]
async fn a_page_that_ends_it_can_have_everything_forgotten() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.before_each_page(COUNT).await;
    page.go(&stage.shop("/404.html")).await;
    page.open_chat().await;
    page.say("Remember me").await;
    page.sees("Sent").await;
    page.calls(json!(["locale", "es"])).await;
    page.find("textbox", "Mensaje").await;
    page.calls(json!(["destroy", { "forget": true }])).await;
    let left = "return [document.cookie.includes('saluda'), Object.keys(localStorage).filter((key) => key.startsWith('saluda')).length,
        sessionStorage.length, document.querySelectorAll('saluda-widget').length, going.timers().length, going.observers()]";
    page.wait("nothing to be left", async || {
        (page.run(left, vec![]).await == json!([false, 0, 0, 0, 0, 0])).then_some(())
    })
    .await;
    // What is said afterwards is heard by nobody and harms nobody.
    page.run(
        "for (const verb of ['open', 'identify', 'locale', 'theme', 'reset', 'consent', 'destroy']) Saluda(verb, 'x')",
        vec![],
    )
    .await;
    assert_eq!(page.run(left, vec![]).await, json!([false, 0, 0, 0, 0, 0]));
}

#[tokio::test]
async fn nothing_that_a_page_says_before_the_widget_is_there_is_lost() {
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.before_each_page(
        "window.Saluda = function () { (Saluda.q = Saluda.q || []).push(arguments) };
         Saluda('theme', 'dark'); Saluda('locale', 'es'); Saluda('identify', { name: 'Inês' });
         Saluda('consent', 'session'); Saluda('open');",
    )
    .await;
    page.go(&stage.shop("/404.html")).await;
    page.find("textbox", "Mensaje").await;
    page.write("Mensaje", "Hola").await;
    page.click("button", "Enviar").await;
    page.sees("Enviado").await;
    let kept = "return [localStorage.length, 'saluda.visit' in sessionStorage]";
    page.wait("the session's notes", async || {
        (page.run(kept, vec![]).await == json!([0, true])).then_some(())
    })
    .await;
}
