//! The conditions of a trigger as rows.

use saluda_protocol::agent::Role;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::editor::{editor, editor_as, form, said};
use crate::page::{Page, change, focused, until};
use crate::server::Server;
use crate::studio::answered;

/// The field with a label in a row, counting from 0.
fn field(page: &Page, row: usize, label: &str) -> HtmlElement {
    let rows = page.all("[data-at]");
    let row = rows[row].clone();
    let found = row.query_selector(&format!("[aria-label='{label}']"));
    let found = found.unwrap().unwrap_or_else(|| panic!("no `{label}`"));
    wasm_bindgen::JsCast::unchecked_into(found)
}

/// The rule as it stands in the form.
fn rule(page: &Page) -> String {
    let form: serde_json::Value = serde_json::from_str(&form(page).value()).unwrap();
    form["rule"].to_string()
}

async fn is(page: &Page, expected: &str) {
    let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
    let expected = expected.to_string();
    until(&expected, || rule(page) == expected).await;
}

#[wasm_bindgen_test]
async fn conditions_are_added_changed_joined_and_taken_away() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    assert!(page.has_text(".conditions-none", "every visitor"));
    page.find("button", "+ Add a condition").click();
    let path = r#"{ "fact": "page.path", "op": "glob", "value": "" }"#;
    is(&page, &format!(r#"{{ "all": [{path}] }}"#)).await;
    until("the new one has the focus", || {
        focused() == "What is looked at"
    })
    .await;

    change(&field(&page, 0, "With what"), "/plans/**");
    let path = path.replace("\"value\": \"\"", "\"value\": \"/plans/**\"");
    is(&page, &format!(r#"{{ "all": [{path}] }}"#)).await;
    assert!(said(&page).contains("whose path fits “/plans/**”"));

    page.find("button", "+ Add a condition").click();
    until("there are two", || page.all("[data-at]").len() == 2).await;
    change(&field(&page, 1, "What is looked at"), "visitor.device");
    let device = r#"{ "fact": "visitor.device", "op": "eq", "value": "desktop" }"#;
    is(&page, &format!(r#"{{ "all": [{path}, {device}] }}"#)).await;
    change(&field(&page, 1, "How it is compared"), "In");
    until("there are toggles", || page.has("button", "a phone")).await;
    page.find("button", "a phone").click();
    let devices = r#"{ "fact": "visitor.device", "op": "in", "value": ["desktop", "phone"] }"#;
    is(&page, &format!(r#"{{ "all": [{path}, {devices}] }}"#)).await;

    change(&page.all(".condition-join")[0], "any");
    is(&page, &format!(r#"{{ "any": [{path}, {devices}] }}"#)).await;
    page.find("button", "not").click();
    is(
        &page,
        &format!(r#"{{ "any": [{{ "not": {path} }}, {devices}] }}"#),
    )
    .await;
    field(&page, 0, "Remove this condition").click();
    is(&page, &format!(r#"{{ "any": [{devices}] }}"#)).await;
    until("the next has the focus", || {
        focused() == "Remove this condition"
    })
    .await;
}

#[wasm_bindgen_test]
async fn groups_come_with_the_third_condition() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    page.find("button", "+ Add a condition").click();
    until("there is one", || page.all("[data-at]").len() == 1).await;
    assert!(!page.has("button", "+ Add a group"));
    page.find("button", "+ Add a condition").click();
    until("there are two", || page.has("button", "+ Add a group")).await;
    page.find("button", "+ Add a group").click();
    let path = r#"{ "fact": "page.path", "op": "glob", "value": "" }"#;
    is(
        &page,
        &format!(r#"{{ "all": [{path}, {path}, {{ "any": [{path}] }}] }}"#),
    )
    .await;
    until("it can grow", || page.has("button", "+ Or…")).await;
    page.find("button", "+ Or…").click();
    is(
        &page,
        &format!(r#"{{ "all": [{path}, {path}, {{ "any": [{path}, {path}] }}] }}"#),
    )
    .await;

    // What the form says is what the rows say.
    page.type_into(
        ".form-text",
        r#"{ "name": "x", "rule": { "event": "signup", "value": 2, "within": "1h" },
             "greeting": { "text": { "en": "Hi" } } }"#,
    );
    until("there is one row", || page.all("[data-at]").len() == 1).await;
    change(&field(&page, 0, "How often"), "3");
    change(&field(&page, 0, "Unit"), "d");
    is(
        &page,
        r#"{ "event": "signup", "op": "gte", "value": 3, "within": "1d" }"#,
    )
    .await;
    page.type_into(".form-text", "{ \"rule\": ");
    until("there are none", || page.all("[data-at]").is_empty()).await;
}

#[wasm_bindgen_test]
async fn an_event_can_be_narrowed_to_properties() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    page.type_into(
        ".form-text",
        r#"{ "name": "x", "rule": { "event": "cart_added", "where": {
               "total": { "op": "gte", "value": 200 } } },
             "greeting": { "text": { "en": "Hi" } } }"#,
    );
    until("there is one property", || {
        page.names("group")
            .iter()
            .filter(|it| *it == "Property of the event")
            .count()
            == 1
    })
    .await;
    page.find("button", "+ Only with a property…").click();
    until("its name has the focus", || {
        focused() == "Property of the event" && page.all(".property").len() == 2
    })
    .await;
    assert!(
        !page.has("button", "+ Only with a property…"),
        "one at a time"
    );
    let property = |index: usize, what: &str| {
        let row = page.all(".property").remove(index);
        let found = row.query_selector(what).unwrap().unwrap();
        wasm_bindgen::JsCast::unchecked_into::<HtmlElement>(found)
    };
    // The new one has no name yet, and stands first for that.
    change(&property(0, ".property-name"), "currency");
    change(&property(0, ".condition-op"), "In");
    until("several can be given", || {
        page.all(".property textarea").len() == 1
    })
    .await;
    change(&property(0, "textarea"), "EUR\nUSD");
    let event = |properties: &str| {
        format!(
            r#"{{ "event": "cart_added", "op": "gte", "value": 1, "where": {{ {properties} }} }}"#
        )
    };
    let total = r#""total": { "op": "gte", "value": 200 }"#;
    let currency = r#""currency": { "op": "in", "value": ["EUR", "USD"] }"#;
    let written = |rule: &str| serde_json::from_str::<serde_json::Value>(rule).unwrap();
    let holds = |expected: String| written(&rule(&page)) == written(&expected);
    until("both are asked for", || {
        holds(event(&format!("{currency}, {total}")))
    })
    .await;
    // A name that is there already takes nothing away.
    change(&property(0, ".property-name"), "total");
    assert!(holds(event(&format!("{currency}, {total}"))));
    assert!(said(&page).contains("(currency is “EUR” or “USD”, total is at least 200)"));
    property(0, ".property-remove").click();
    until("one is left", || holds(event(total))).await;
}

/// What a field suggests.
fn suggested(page: &Page, field: &HtmlElement) -> Vec<String> {
    let list = field.get_attribute("list").unwrap();
    let options = page.all(&format!("#{list} option"));
    let value = |option: &HtmlElement| option.get_attribute("value");
    options.iter().filter_map(value).collect()
}

#[wasm_bindgen_test]
async fn fields_suggest_what_the_site_has_seen() {
    let server = Server::new();
    let (page, _) = editor_as(&server, Role::Administrator, |ask| {
        ask.path.ends_with("/seen").then(|| {
            let seen = r#"{ "facts": [
                { "fact": "page.path", "values": ["/plans", "/"] },
                { "fact": "visitor.attr.plan", "values": ["pro"] } ],
              "events": ["signup"] }"#;
            answered(200, seen)
        })
    })
    .await;
    page.find("button", "+ Add a condition").click();
    until("the new one is there", || page.all("[data-at]").len() == 1).await;
    until("its pages are suggested", || {
        suggested(&page, &field(&page, 0, "With what")) == ["/plans", "/"]
    })
    .await;
    change(&field(&page, 0, "What is looked at"), "visitor.attr.<name>");
    until("names are suggested", || {
        !page.all("[data-at] [aria-label='Its name']").is_empty()
            && suggested(&page, &field(&page, 0, "Its name")) == ["plan"]
    })
    .await;
    change(&field(&page, 0, "Its name"), "plan");
    until("its values are suggested", || {
        suggested(&page, &field(&page, 0, "With what")) == ["pro"]
    })
    .await;
    change(&field(&page, 0, "What is looked at"), "event");
    until("events are suggested", || {
        !page
            .all("[data-at] [aria-label='Name of the event']")
            .is_empty()
            && suggested(&page, &field(&page, 0, "Name of the event")) == ["signup"]
    })
    .await;
}
