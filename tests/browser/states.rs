//! Every state of the widget, one after the other, in the languages and on the
//! screens that differ most: nothing that axe-core finds, nothing that is wider
//! than it may be, and a picture of each where pictures are asked for.

mod walk;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::stage::Stage;
use crate::studio::LUCIA;
use walk::{OURS, View, Walk};

#[tokio::test]
async fn every_state_is_clean_in_english_on_a_desktop() {
    let (locale, scheme, size) = ("en", "light", [760, 860]);
    let name = "desktop-light-en";
    walk(View {
        name,
        locale,
        scheme,
        size,
    })
    .await;
}

#[tokio::test]
async fn every_state_is_clean_in_spanish_on_a_phone_in_the_dark() {
    let (locale, scheme, size) = ("es", "dark", [390, 780]);
    let name = "phone-dark-es";
    walk(View {
        name,
        locale,
        scheme,
        size,
    })
    .await;
}

#[tokio::test]
async fn every_state_is_clean_in_portuguese_on_a_small_phone() {
    let (locale, scheme, size) = ("pt", "light", [320, 640]);
    let name = "phone-light-pt";
    walk(View {
        name,
        locale,
        scheme,
        size,
    })
    .await;
}

#[tokio::test]
async fn every_state_is_clean_from_right_to_left_in_the_dark() {
    let (locale, scheme, size) = ("ar", "dark", [760, 860]);
    let name = "desktop-dark-ar";
    walk(View {
        name,
        locale,
        scheme,
        size,
    })
    .await;
}

async fn walk(view: View) {
    let mut stage = Stage::set(&["--ask-email", "never"]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    desk.chooses(json!({ "rating": { "question": {} } })).await;
    let mut walk = Walk::new(&stage, view).await;
    before_a_word(&mut walk, &stage).await;
    conversation(&mut walk, &mut stage, &desk).await;
    questions(&mut walk, &stage, &desk).await;
    nobody_there(&mut walk, &stage, &desk).await;
    assert!(walk.faults.is_empty(), "{}", walk.faults.join("\n"));
}

async fn before_a_word(walk: &mut Walk, stage: &Stage) {
    walk.begin(stage).await;
    walk.look("launcher").await;
    let greet = json!(["trigger", "pricing-help", { "force": true }]);
    walk.page.calls(greet).await;
    walk.is(
        "a greeting",
        "!!ours('greetings')?.querySelector('[role=group]')",
    )
    .await;
    walk.look("greeting").await;

    walk.begin(stage).await;
    walk.open().await;
    walk.look("empty").await;
    for (opener, state) in [("emoji-open", "emoji"), ("menu-open", "menu")] {
        walk.pop_up(opener).await;
        walk.look(state).await;
        walk.escape().await;
    }
}

async fn conversation(walk: &mut Walk, stage: &mut Stage, desk: &Browser) {
    walk.says("Do you ship to Porto?").await;
    walk.says("We are an office of twelve, on the third floor, and would like two kilos every other week: https://shop.example/plans/office/with/a/very/long/address?size=2000g&grind=whole-beans")
        .await;
    desk.open_conversation("We are an office of twelve").await;
    desk.answer("We do, in two days.").await;
    desk.answer(
        "For an office, the plan with two kilos is the right one. The first delivery is free.",
    )
    .await;
    walk.page.sees("The first delivery is free.").await;
    desk.write("Your reply", "And").await;
    walk.is("typing", "root.querySelector('.typing').checkVisibility()")
        .await;
    walk.look("talk").await;

    walk.pop_up("menu-open").await;
    let choose = format!("{OURS} root.querySelector('.menu-item').click()");
    walk.page.run(&choose, vec![]).await;
    walk.sees("transcript").await;
    let send = format!("{OURS} ours('transcript').form.requestSubmit()");
    walk.page.run(&send, vec![]).await;
    let wrong = "!!ours('transcript-wrong').textContent";
    walk.is("a word about the address", wrong).await;
    walk.look("transcript").await;
    let long = format!(
        "{OURS} ours('transcript').value =
            'someone.with.a.very.long.name@department.of.hydrology.university.example.com';
        ours('transcript').form.requestSubmit()"
    );
    walk.page.run(&long, vec![]).await;
    let asked = "ours('transcript').autocomplete == 'one-time-code'";
    walk.is("the question for the code", asked).await;
    walk.look("code").await;
    let dismiss = format!("{OURS} root.querySelector('#rating .quiet').click()");
    walk.page.run(&dismiss, vec![]).await;

    walk.page.run("Saluda('close')", vec![]).await;
    walk.sees("launcher").await;
    desk.write("Your reply", " there is a grinder on loan.")
        .await;
    desk.click("button", "Send").await;
    walk.page.sees("1").await;
    walk.look("unread").await;

    desk.click("button", "Close").await;
    walk.open().await;
    walk.press("score-4").await;
    walk.sees("rating-send").await;
    walk.look("rating").await;

    stage.kill_server();
    walk.says("Can I pick it up?").await;
    let said = "!!root.querySelector('.notice').textContent";
    walk.is("a word about the connection", said).await;
    walk.look("lost").await;
    stage.restart_server();
}

async fn questions(walk: &mut Walk, stage: &Stage, desk: &Browser) {
    desk.find("tab", "Open").await;
    desk.chooses(json!({ "email": { "ask": "before", "required": false } }))
        .await;
    walk.begin(stage).await;
    walk.open().await;
    walk.sees("email").await;
    walk.look("email").await;

    let never = json!({ "ask": "never", "required": false });
    desk.chooses(json!({ "form": form(), "email": never }))
        .await;
    walk.begin(stage).await;
    walk.open().await;
    walk.sees("form-0").await;
    let send = format!("{OURS} ours('form').querySelector('form').requestSubmit()");
    walk.page.run(&send, vec![]).await;
    walk.look("form").await;
}

async fn nobody_there(walk: &mut Walk, stage: &Stage, desk: &Browser) {
    let day = "return new Date(Date.now() + 2 * 864e5)
        .toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' }).toLowerCase()";
    let day = desk.run(day, vec![]).await;
    let closed = json!({ "zone": "UTC", "weekly": { day.as_str().unwrap(): ["09:00-17:00"] } });
    desk.chooses(json!({ "form": null, "hours": closed })).await;
    // The last agent leaves.
    desk.go(&stage.config()).await;
    desk.wait("nobody at the desk", async || {
        desk.reload().await;
        desk.text().await.contains("\"online\":false").then_some(())
    })
    .await;
    walk.begin(stage).await;
    walk.open().await;
    walk.look("closed").await;

    walk.page
        .before_each_page(
            "const real = window.fetch;
            window.fetch = (what, ...words) => String(what).includes('/ui.')
                ? Promise.reject(new TypeError('gone')) : real(what, ...words);",
        )
        .await;
    walk.begin(stage).await;
    walk.page.run("Saluda('open')", vec![]).await;
    walk.is("a link", "!!root.querySelector('a.launcher')")
        .await;
    walk.look("link").await;
}

fn form() -> Value {
    let texts =
        |en: &str, es: &str, pt: &str, ar: &str| json!({ "en": en, "es": es, "pt": pt, "ar": ar });
    json!({
        "title": {},
        "intro": texts(
            "So that the right person answers.",
            "Para que responda quien mejor lo sabe.",
            "Para que responda quem sabe melhor.",
            "ليجيبك الشخص المناسب.",
        ),
        "fields": [
            { "id": "email", "kind": "email", "label": texts("E-mail", "Correo electrónico", "E-mail", "البريد الإلكتروني"), "required": true },
            { "id": "people", "kind": "number", "label": texts("How many drink coffee?", "¿Cuántas personas toman café?", "Quantas pessoas bebem café?", "كم شخصًا يشرب القهوة؟"), "required": true, "min": 1, "max": 500 },
            { "id": "grind", "kind": "choice", "label": texts("Grind", "Molienda", "Moagem", "الطحن"), "required": false, "options": [
                { "id": "beans", "label": texts("Whole beans", "En grano", "Em grão", "حبوب كاملة") },
                { "id": "fine", "label": texts("Fine", "Fina", "Fina", "ناعم") },
            ] },
            { "id": "terms", "kind": "consent", "label": texts("I agree to the terms", "Acepto las condiciones", "Aceito as condições", "أوافق على الشروط"), "required": true },
        ],
    })
}
