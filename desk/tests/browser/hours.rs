//! Opening hours, as they are typed and as they come out.

use saluda_desk::{Answer, Ask};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, change, until};
use crate::server::Server;
use crate::settings::{form, site};
use crate::studio::{answered, mistaken};

fn hours() -> Value {
    json!({ "zone": "Europe/Lisbon",
        "weekly": { "mon": ["09:00-13:00", "14:00-18:00"], "fri": ["21:00-02:00"] },
        "dates": { "2026-12-25": [] } })
}

/// What the hours of a preview come to: open until six.
fn preview(_: &Ask) -> Answer {
    let moment = |at: u64, local: &str| json!({ "at": at, "local": local });
    let body = json!({
        "zone": "Europe/Lisbon", "from": moment(1_795_000_000_000, "2026-11-18T12:26:40+00:00"),
        "open": true, "closes_at": moment(1_795_024_800_000, "2026-11-18T18:00:00+00:00"),
        "next_opening": null, "intervals": [],
        "days": [
            { "date": "2026-11-18", "windows": ["09:00-18:00"], "dated": false, "open": [{
                "opens_at": moment(1, "2026-11-18T09:00:00+00:00"),
                "closes_at": moment(2, "2026-11-18T18:00:00+00:00") }] },
            { "date": "2026-11-19", "windows": [], "dated": true, "open": [] }
        ]
    });
    answered(200, &body.to_string())
}

/// The page of a site with these hours.
async fn page(server: &Server, hours: Value, preview: fn(&Ask) -> Answer) -> Page {
    server.answer(move |ask| {
        Some(match (ask.method, ask.path.rsplit('/').next().unwrap()) {
            ("POST", "preview") => preview(ask),
            ("PUT", _) => site(
                &serde_json::from_str(ask.body.as_ref().unwrap()).unwrap(),
                5,
            ),
            _ => {
                let mut form = form();
                form["hours"] = hours.clone();
                site(&form, 4)
            }
        })
    });
    let page = Page::at(server, "/desk/settings/hours");
    server.welcome();
    until("the page is there", || page.root_says("Always open")).await;
    page
}

/// The hours that a preview was asked for last, or that were saved.
fn asked(server: &Server, method: &str) -> Value {
    let body = server.last_asked(method).unwrap().body.unwrap();
    let body: Value = serde_json::from_str(&body).unwrap();
    body["hours"].clone()
}

#[wasm_bindgen_test]
async fn the_strip_shows_what_is_typed_and_says_it() {
    let server = Server::new();
    let page = page(&server, hours(), preview).await;
    until("it says when it closes", || {
        page.says("status", "Open now, closes at 06:00")
    })
    .await;
    let days = page.all(".strip-day");
    assert_eq!(days.len(), 2);
    assert!(days[0].text_content().unwrap().contains("09:00 to 18:00"));
    assert!(days[1].text_content().unwrap().contains("Closed"));
    let span = page.all(".strip-span").remove(0);
    assert_eq!(
        span.style()
            .get_property_value("inset-inline-start")
            .unwrap(),
        "37.5%"
    );
    assert_eq!(page.all(".strip-mark").len(), 1, "now is marked");
    assert_eq!(asked(&server, "POST"), hours());

    change(&page.field("Monday: closes, 1"), "12:00");
    until("it is looked at again", || {
        asked(&server, "POST")["weekly"]["mon"][0] == "09:00-12:00"
    })
    .await;
}

#[wasm_bindgen_test]
async fn windows_are_added_copied_and_taken_away() {
    let server = Server::new();
    let page = page(&server, hours(), preview).await;
    until("the week is there", || page.root_says("of the next day")).await;
    page.find("button", "Remove hours 2: Monday").click();
    until("it is gone", || {
        !page.has("button", "Remove hours 2: Monday")
    })
    .await;
    page.find("button", "Add hours: Monday").click();
    until("it is back", || page.value("Monday: opens, 2") == "14:00").await;
    page.find("button", "Copy to other days: Monday").click();
    until("it asks which", || page.root_says("The same as Monday on")).await;
    page.find("button", "Copy").click();
    until("Tuesday has them", || {
        page.value("Tuesday: opens, 1") == "09:00"
    })
    .await;
    page.find("button", "Save").click();
    until("it is saved", || page.says("status", "Saved.")).await;
    let saved = asked(&server, "PUT");
    let both = json!(["09:00-13:00", "14:00-18:00"]);
    for day in ["mon", "tue", "wed", "thu", "fri"] {
        assert_eq!(saved["weekly"][day], both, "{day}");
    }
    assert_eq!(saved["weekly"]["sat"], Value::Null);
}

#[wasm_bindgen_test]
async fn a_holiday_may_be_a_row_of_days() {
    let server = Server::new();
    let page = page(&server, hours(), preview).await;
    until("the dates are there", || page.root_says("Closed all day")).await;
    page.fill("Date", "2026-12-31");
    page.fill("Until (optional)", "2027-01-01");
    page.find("button", "Add").click();
    until("they are there", || {
        page.all("[id^='set-hours-dates-']").len() == 3
    })
    .await;
    page.fill("Date", "2026-12-31");
    page.fill("Until (optional)", "2026-12-30");
    page.find("button", "Add").click();
    until("it is refused", || page.says("alert", "Choose a date")).await;
    page.find("button", "Save").click();
    until("it is saved", || page.says("status", "Saved.")).await;
    assert_eq!(
        asked(&server, "PUT")["dates"],
        json!({ "2026-12-25": [], "2026-12-31": [], "2027-01-01": [] })
    );
}

#[wasm_bindgen_test]
async fn what_makes_no_sense_is_said_at_its_window() {
    let server = Server::new();
    let page = page(&server, hours(), |_| {
        mistaken(&[("hours.weekly.mon[1]", "write it as `09:00-13:00`")])
    })
    .await;
    until("it is said", || {
        let wrong = page.all("#wrong-hours-weekly-mon-1-");
        wrong.iter().any(|it| {
            it.text_content()
                .unwrap_or_default()
                .contains("09:00-13:00")
        })
    })
    .await;
    let end = page.field("Monday: closes, 2");
    assert_eq!(end.get_attribute("aria-invalid").as_deref(), Some("true"));
    let fine = page.field("Monday: closes, 1");
    assert_eq!(fine.get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn a_site_that_is_always_open_gets_hours_and_gives_them_up_again() {
    let server = Server::new();
    let page = page(&server, Value::Null, preview).await;
    assert!(
        server.last_asked("POST").is_none(),
        "there is nothing to look at"
    );
    page.field("Open at these hours").click();
    until("there is a week", || {
        page.value("Monday: opens, 1") == "09:00"
    })
    .await;
    page.fill("Time zone", "America/Sao Paulo");
    until("a zone is found as it is spoken", || {
        page.value("Time zone") == "America/Sao_Paulo"
    })
    .await;
    page.field("Always open").click();
    until("it is as it was", || !page.has("button", "Save")).await;
    page.field("Open at these hours").click();
    until("what was typed is back", || {
        page.all("#set-hours-zone").len() == 1 && page.value("Time zone") == "America/Sao_Paulo"
    })
    .await;
}
