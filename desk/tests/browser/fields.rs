//! The fields of a trigger besides its conditions.

use saluda_protocol::agent::Role;
use serde_json::{Value, json};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::editor::{editor, editor_as, form, said, selected};
use crate::page::{Page, change, focused, focused_path, until};
use crate::server::Server;
use crate::studio::answered;

/// The field of a path.
fn field(page: &Page, path: &str) -> HtmlElement {
    let found = page.all(&format!("[data-path='{path}']"));
    assert_eq!(found.len(), 1, "fields of `{path}`");
    found[0].clone()
}

/// What stands in the form at a place, such as `/greeting/text/en`.
fn written(page: &Page, place: &str) -> Value {
    let form: Value = serde_json::from_str(&form(page).value()).unwrap_or_default();
    form.pointer(place).cloned().unwrap_or_default()
}

async fn is(page: &Page, place: &str, expected: Value) {
    until(&format!("{place} is {expected}"), || {
        written(page, place) == expected
    })
    .await;
}

/// Types into the field of a path.
fn write(page: &Page, path: &str, words: &str) {
    page.type_into(&format!("[data-path='{path}']"), words);
}

/// The choice that is called so.
fn choice(page: &Page, label: &str) -> HtmlElement {
    page.all(&format!("select[aria-label='{label}']")).remove(0)
}

async fn open(page: &Page, card: &str) {
    let fold = page
        .all(".card-fold")
        .into_iter()
        .find(|it| it.text_content().unwrap_or_default().starts_with(card));
    fold.unwrap_or_else(|| panic!("no card `{card}`")).click();
    until(&format!("{card} is open"), || {
        page.all(".card-fold[aria-expanded=true]").len() > 1
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_greeting_is_written_in_each_language() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    assert!(page.root_says("Whoever reads none of these languages gets the text in English."));
    change(&field(&page, "name"), " Plans ");
    is(&page, "/name", json!("Plans")).await;
    until("it is called so", || page.has_text("h1", "Plans")).await;
    write(&page, "greeting.text", "Questions?");
    is(&page, "/greeting/text", json!({ "en": "Questions?" })).await;
    until("it is counted", || page.root_says("10 of 300")).await;
    assert!(said(&page).contains("Show “Questions?”"));

    change(&choice(&page, "Add a language…"), "pt-BR");
    is(
        &page,
        "/greeting/text",
        json!({ "en": "Questions?", "pt-BR": "" }),
    )
    .await;
    until("it can be written", || {
        page.root_says("Still to be written.")
    })
    .await;
    let placeholder = field(&page, "greeting.text").get_attribute("lang");
    assert_eq!(placeholder.as_deref(), Some("pt-BR"));
    write(&page, "greeting.text", "Dúvidas?");
    is(&page, "/greeting/text/pt-BR", json!("Dúvidas?")).await;

    // Every part is written in the language that was chosen.
    write(&page, "greeting.reply.agent.follow_up", "Obrigado!");
    let follow_up = "/greeting/reply/agent/follow_up";
    is(&page, follow_up, json!({ "pt-BR": "Obrigado!" })).await;
    page.find("button", "English").click();
    until("the other language is said to be read", || {
        page.root_says("Until you write it, visitors read the text in Brazilian Portuguese.")
    })
    .await;
    let shown: HtmlTextAreaElement =
        field(&page, "greeting.reply.agent.follow_up").unchecked_into();
    assert_eq!(shown.placeholder(), "Obrigado!");

    page.find("button", "Brazilian Portuguese").click();
    until("it is chosen", || {
        page.has("button", "Remove Brazilian Portuguese")
    })
    .await;
    page.find("button", "Remove Brazilian Portuguese").click();
    is(&page, "/greeting/text", json!({ "en": "Questions?" })).await;
    is(&page, follow_up, Value::Null).await;
    until("the way back has the focus", || {
        focused() == "Bring it back"
    })
    .await;
    page.find("button", "Bring it back").click();
    is(&page, "/greeting/text/pt-BR", json!("Dúvidas?")).await;
    is(&page, follow_up, json!({ "pt-BR": "Obrigado!" })).await;
}

#[wasm_bindgen_test]
async fn a_language_that_is_not_offered_can_be_typed() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    change(&choice(&page, "Add a language…"), "other");
    until("it can be typed", || {
        focused() == "Language tag, such as pt-BR"
    })
    .await;
    let typed = field(&page, "language");
    js_sys::Reflect::set(&typed, &"value".into(), &"es_AR".into()).unwrap();
    page.find("button", "Add").click();
    assert_eq!(written(&page, "/greeting/text"), json!({ "en": "Hello" }));
    js_sys::Reflect::set(&typed, &"value".into(), &"es-419".into()).unwrap();
    page.find("button", "Add").click();
    is(
        &page,
        "/greeting/text",
        json!({ "en": "Hello", "es-419": "" }),
    )
    .await;
}

#[wasm_bindgen_test]
async fn a_text_that_is_too_long_is_told_while_it_is_typed() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    write(&page, "greeting.text", &"line\n".repeat(15));
    until("the bubble is too small", || {
        page.root_says("This takes 16 lines, and the bubble shows 13.")
    })
    .await;
    write(&page, "greeting.text", &"a".repeat(301));
    until("it is too long", || {
        field(&page, "greeting.text")
            .get_attribute("aria-invalid")
            .as_deref()
            == Some("true")
    })
    .await;
    write(&page, "greeting.text", "Hi {{name}}");
    until("a variable is broken", || {
        page.root_says("“{{name}}” is no variable yet")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_variable_is_put_where_the_caret_is() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    write(&page, "greeting.text", "Hi 👋!");
    is(&page, "/greeting/text/en", json!("Hi 👋!")).await;
    let area: HtmlTextAreaElement = field(&page, "greeting.text").unchecked_into();
    area.set_selection_range(5, 5).unwrap();
    page.find("button", "Insert a variable…").click();
    until("it is asked for", || page.has("button", "Insert")).await;
    page.find("button", "Insert").click();
    assert_eq!(
        written(&page, "/greeting/text/en"),
        json!("Hi 👋!"),
        "an attribute has a name"
    );
    page.type_into(".gap-new input", "first_name");
    page.type_into(".gap-new label:last-of-type input", "there");
    page.find("button", "Insert").click();
    is(
        &page,
        "/greeting/text/en",
        json!("Hi 👋{{visitor.attr.first_name|there}}!"),
    )
    .await;
    until("one goes on typing behind it", || {
        area.selection_start().unwrap() == Some(38)
    })
    .await;
}

#[wasm_bindgen_test]
async fn buttons_are_of_one_kind_and_at_most_three() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    page.find("button", "+ Quick reply").click();
    until("there is one", || page.has("group", "Button 1")).await;
    assert!(!page.has("button", "+ Call to action"));
    write(&page, "greeting.buttons[0].label", "Sí 👩‍👩‍👧‍👦");
    until("it is counted as people count", || {
        page.root_says("4 of 25")
    })
    .await;
    write(&page, "greeting.buttons[0].answer", "Great");
    let label = json!({ "en": "Sí 👩‍👩‍👧‍👦" });
    is(
        &page,
        "/greeting/buttons",
        json!([{ "label": label, "answer": { "en": "Great" } }]),
    )
    .await;
    write(&page, "greeting.buttons[0].answer", "");
    is(&page, "/greeting/buttons", json!([{ "label": label }])).await;

    page.find("button", "+ Quick reply").click();
    page.find("button", "+ Quick reply").click();
    until("that is enough", || {
        page.root_says("Three buttons are the most.")
    })
    .await;
    assert!(!page.has("button", "+ Quick reply"));
    for _ in 0..3 {
        page.find("button", "Remove: Button 1").click();
    }
    is(&page, "/greeting/buttons", json!([])).await;

    until("both can be added", || {
        page.has("button", "+ Call to action")
    })
    .await;
    page.find("button", "+ Call to action").click();
    until("it leads somewhere", || {
        page.root_says("An address begins with https://")
    })
    .await;
    assert!(!page.has("button", "+ Quick reply"));
    write(
        &page,
        "greeting.buttons[0].url",
        "https://shop.example/guide",
    );
    let url = "/greeting/buttons/0/url";
    is(&page, url, json!("https://shop.example/guide")).await;
    change(&choice(&page, "Where it leads"), "phone");
    is(
        &page,
        "/greeting/buttons",
        json!([{ "label": { "en": "" }, "phone": "+" }]),
    )
    .await;
}

#[wasm_bindgen_test]
async fn the_sender_is_called_by_name_and_missed_when_gone() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    until("the senders are known", || {
        page.has_text("option", "The site’s sender (Alba Coffee)")
    })
    .await;
    change(&field(&page, "greeting.sender"), "lucia");
    is(&page, "/greeting/sender", json!("lucia")).await;
    until("she is named", || {
        said(&page).contains("from Lucía Marín to")
    })
    .await;
    page.find("button", "Lucía Marín").click();
    until("it leads to the choice", || {
        focused_path() == "greeting.sender"
    })
    .await;

    let text = form(&page).value().replace("\"lucia\"", "\"nora\"");
    page.type_into(".form-text", &text);
    until("she is missed", || {
        page.root_says("The site has no such sender any more.")
    })
    .await;
    assert!(page.has_text("option", "“nora”, no longer a sender"));
}

#[wasm_bindgen_test]
async fn senders_that_cannot_be_had_are_asked_for_again() {
    let server = Server::new();
    let (page, _) = editor_as(&server, Role::Administrator, |ask| {
        ask.path
            .ends_with("/settings")
            .then(|| answered(500, "{\"code\":\"internal\",\"message\":\"no\"}"))
    })
    .await;
    until("it says so", || {
        page.root_says("The site’s senders could not be loaded.")
    })
    .await;
    let asked = |server: &Server| {
        let asked = server.asked();
        asked.iter().filter(|it| it.ends_with("/settings")).count()
    };
    let before = asked(&server);
    page.find("button", "Try again").click();
    until("it is asked again", || asked(&server) > before).await;
}

#[wasm_bindgen_test]
async fn when_and_how_often_is_chosen() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    assert!(page.root_says("At any time, once per visitor"), "folded");
    page.find("button", "once per visitor").click();
    until("the card is open and the field has the focus", || {
        focused_path() == "frequency"
    })
    .await;
    change(&field(&page, "frequency"), "always");
    is(&page, "/frequency", json!("always")).await;
    change(&field(&page, "limits.times"), "3");
    is(&page, "/limits/times", json!(3)).await;
    change(&field(&page, "limits.gap"), "12");
    is(&page, "/limits/gap", json!("12d")).await;
    change(&choice(&page, "Unit"), "h");
    is(&page, "/limits/gap", json!("12h")).await;
    change(&field(&page, "limits.gap"), "");
    is(&page, "/limits/gap", Value::Null).await;
    change(&field(&page, "limits.times"), "");
    is(&page, "/limits/times", Value::Null).await;

    change(&field(&page, "schedule.hours"), "during");
    change(&field(&page, "schedule.from"), "2026-12-01T08:30");
    change(&field(&page, "schedule.until"), "2026-12-24T12:00");
    is(
        &page,
        "/schedule",
        json!({ "hours": "during", "from": "2026-12-01T08:30", "until": "2026-12-24T12:00" }),
    )
    .await;
    assert!(page.root_says("Dates are by the clock in Europe/Lisbon."));
    change(&field(&page, "schedule.from"), "");
    is(&page, "/schedule/from", Value::Null).await;

    change(&field(&page, "after_dismiss"), "for");
    is(&page, "/after_dismiss", json!("7d")).await;
    until("it is a number of days", || {
        page.has("group", "For how long")
    })
    .await;
    change(&field(&page, "after_dismiss"), "30");
    is(&page, "/after_dismiss", json!("30d")).await;
    field(&page, "with_open_conversation").click();
    is(&page, "/with_open_conversation", json!(true)).await;
    assert!(
        said(&page).contains("each time it fits, and after a dismissal not again for 30 days.")
    );
    assert!(said(&page).contains("Also to those in conversation."));
}

#[wasm_bindgen_test]
async fn what_comes_of_it_is_chosen() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    open(&page, "What comes of it").await;
    change(&field(&page, "tags"), "pricing, trial");
    is(&page, "/tags", json!(["pricing", "trial"])).await;
    page.find("button", "Remove: pricing").click();
    is(&page, "/tags", json!(["trial"])).await;

    page.find("button", "+ Add a goal").click();
    until("it can be named", || {
        !page.all("[data-path='goal.event']").is_empty()
    })
    .await;
    change(&field(&page, "goal.event"), "signup");
    change(&field(&page, "goal.within"), "2");
    is(&page, "/goal", json!({ "event": "signup", "within": "2d" })).await;

    page.find("button", "+ Compare").click();
    until("some are held back", || {
        written(&page, "/experiment/holdout") == json!(10)
    })
    .await;
    let seed = written(&page, "/experiment/seed");
    assert_eq!(seed.as_str().map(str::len), Some(8));
    page.find("button", "Deal visitors anew").click();
    until("there is another seed", || {
        written(&page, "/experiment/seed") != seed
    })
    .await;
    page.find("button", "+ Try other words").click();
    until("there are other words", || {
        page.has("group", "Other words 1")
    })
    .await;
    write(&page, "experiment.variants[0].text", "Hey!");
    change(&field(&page, "experiment.variants[0].share"), "30");
    is(
        &page,
        "/experiment/variants",
        json!([{ "name": "b", "share": 30, "text": { "en": "Hey!" }, "buttons": [] }]),
    )
    .await;
    until("the rest is said", || {
        page.root_says("The greeting above has the other 70 of a hundred.")
    })
    .await;
    page.find("button", "Compare nothing").click();
    is(&page, "/experiment", Value::Null).await;
    page.find("button", "Bring it back").click();
    is(&page, "/experiment/variants/0/share", json!(30)).await;
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_keeps_its_fields_away() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    let before = form(&page).value();
    page.type_into(".form-text", "{ \"greeting\": ");
    until("the fields are away", || {
        page.root_says("These fields are back once the form can be read.")
    })
    .await;
    assert!(page.all("[data-path='greeting.text']").is_empty());
    page.type_into(".form-text", &before);
    until("they are back", || {
        !page.all("[data-path='greeting.text']").is_empty()
    })
    .await;
}

#[wasm_bindgen_test]
async fn whoever_may_only_read_is_led_to_the_form() {
    let server = Server::new();
    let (page, _) = editor_as(&server, Role::Viewer, |_| None).await;
    assert!(
        page.all(".fields")
            .iter()
            .all(|it| it.has_attribute("inert"))
    );
    assert!(!page.all(".fields").is_empty());
    page.find("button", "once per visitor").click();
    assert_eq!(selected(&page), "\"once\"");
}
