//! The form before the chat, and the question after it.

use std::collections::BTreeMap;

use saluda_protocol::form::Value;
use saluda_protocol::{
    AgentFrame, AgentUpdate, Answer, Contact, ErrorCode, FieldId, Rating, Status, VisitorFrame,
    VisitorUpdate, What,
};
use serde_json::json;

use crate::client::{Desk, Page};
use crate::server::Server;

/// Lets the site ask for something. Returns the version of its form.
fn ask(server: &Server, fields: &serde_json::Value) -> String {
    let cookie = server.sign_in("lucia@alba.example");
    assert!(
        server
            .command("agent role lucia@alba.example administrator")
            .0
    );
    let settings = "/api/sites/shop/settings";
    let body = |answer: &str| answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    let detail = body(&server.request("GET", settings, &cookie, ""));
    let mut form = serde_json::from_str::<serde_json::Value>(&detail).unwrap()["settings"].clone();
    form["form"] = json!({ "title": { "en": "Before we begin" }, "intro": {}, "fields": fields });
    form["rating"] = json!({ "question": {} });
    let saved = server.request("PUT", settings, &cookie, &form.to_string());
    assert!(saved.starts_with("HTTP/1.1 200"), "{saved}");
    let config = body(&server.request("GET", "/api/sites/shop/config", "", ""));
    let config: serde_json::Value = serde_json::from_str(&config).unwrap();
    assert_eq!(config["rating"], json!({ "question": {} }));
    assert_eq!(config["form"]["fields"], *fields);
    config["form"]["version"].as_str().unwrap().to_owned()
}

fn fields() -> serde_json::Value {
    json!([
        { "id": "email", "kind": "email", "label": { "en": "E-mail" }, "required": true },
        { "id": "people", "kind": "number", "label": { "en": "People" }, "required": true, "min": 1 },
        { "id": "terms", "kind": "consent", "label": { "en": "I agree" }, "required": true },
    ])
}

fn id(text: &str) -> FieldId {
    text.parse().unwrap()
}

fn filled(email: &str, people: i64, terms: bool) -> BTreeMap<FieldId, Value> {
    BTreeMap::from([
        (id("email"), Value::Text(email.to_owned())),
        (id("people"), Value::Number(people)),
        (id("terms"), Value::Ticked(terms)),
    ])
}

impl Page {
    /// Fills the form in. Returns what need not be filled in any more, or why it
    /// was refused.
    async fn answers(
        &mut self,
        form: &str,
        values: BTreeMap<FieldId, Value>,
    ) -> Result<Vec<FieldId>, (ErrorCode, String)> {
        let form = form.to_owned();
        self.socket
            .send(&VisitorFrame::Answers { form, values })
            .await;
        self.socket
            .until("answered", |update| match update {
                VisitorUpdate::Answered(known) => Some(Ok(known)),
                VisitorUpdate::Refused { id: None, error } => {
                    Some(Err((error.code, error.message)))
                }
                _ => None,
            })
            .await
    }

    /// Rates. Returns the event it became, or why it was refused.
    async fn rated(&mut self, rating: Rating) -> Result<Rating, ErrorCode> {
        self.socket.send(&VisitorFrame::Rated(rating)).await;
        self.socket
            .until("the rating", |update| match update {
                VisitorUpdate::Event(event) => match event.what {
                    What::Rated(rating) => Some(Ok(rating)),
                    _ => None,
                },
                VisitorUpdate::Refused { error, .. } => Some(Err(error.code)),
                _ => None,
            })
            .await
    }
}

fn known(slice: &[saluda_protocol::Event]) -> Vec<Answer> {
    let answers = |event: &saluda_protocol::Event| match &event.what {
        What::Answers(answers) => answers.clone(),
        _ => Vec::new(),
    };
    slice.iter().flat_map(answers).collect()
}

#[tokio::test]
async fn what_is_filled_in_begins_the_conversation_and_is_not_asked_again() {
    let server = Server::start();
    let form = ask(&server, &fields());
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    let all = [id("email"), id("people"), id("terms")];
    let answered = page
        .answers(&form, filled(" ines@cafelargo.pt ", 12, true))
        .await;
    assert_eq!(answered.unwrap(), all);
    assert_eq!(page.post(1, "Hello").await, 2, "the answers came first");

    let conversation = desk.shown("Hello").await;
    let open = AgentFrame::Open {
        conversation,
        resume: None,
    };
    desk.socket.send(&open).await;
    let (slice, person) = desk
        .socket
        .until("opened", |update| match update {
            AgentUpdate::Opened { slice, person, .. } => Some((slice, person)),
            _ => None,
        })
        .await;
    let told = known(&slice.events);
    assert_eq!(told, person.attributes);
    assert_eq!(told[1].value, Value::Number(12));
    assert_eq!(told[1].label["en"], "People");
    let email = person.contact.email.unwrap();
    assert_eq!(email.as_str(), "ines@cafelargo.pt");

    // The next page knows it from the start, and one that has it tells it twice
    // without a second event.
    let mut back = Page::again(&server, &page.credentials, None).await;
    assert_eq!(back.answered, all);
    let again = back
        .answers(&form, filled("ines@cafelargo.pt", 12, true))
        .await;
    assert_eq!(again.unwrap(), all);
    assert_eq!(back.post(2, "Hello?").await, 3);
}

#[tokio::test]
async fn another_page_of_the_visitor_hears_what_was_filled_in() {
    let server = Server::start();
    let form = ask(&server, &fields());
    let mut page = Page::new(&server).await;
    page.post(1, "Hello").await;
    let mut other = Page::again(&server, &page.credentials, None).await;
    assert_eq!(other.answered, []);
    let told = page
        .answers(&form, filled("ines@cafelargo.pt", 12, true))
        .await;
    let heard = other
        .socket
        .until("it to be told", |update| match update {
            VisitorUpdate::Answered(known) => Some(known),
            _ => None,
        })
        .await;
    assert_eq!(told.unwrap(), heard);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_whole_and_writes_nobody_down() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    let none = page.answers("x", BTreeMap::new()).await;
    assert_eq!(
        none.unwrap_err().0,
        ErrorCode::FormChanged,
        "there is no form"
    );

    let form = ask(&server, &fields());
    let without = |field: &str| {
        let mut values = filled("ines@cafelargo.pt", 12, true);
        values.remove(&id(field));
        values
    };
    let with = |field: &str, value: Value| {
        let mut values = filled("ines@cafelargo.pt", 12, true);
        values.insert(id(field), value);
        values
    };
    for (values, why) in [
        (
            filled("ines", 12, true),
            "`email`: this is no e-mail address",
        ),
        (
            filled("a@b.pt\r\nBcc: c@d.pt", 12, true),
            "`email`: this is no e-mail address",
        ),
        (filled("ines@cafelargo.pt", 0, true), "`people`: at least 1"),
        (
            filled("ines@cafelargo.pt", 12, false),
            "`terms`: this must be ticked",
        ),
        (without("email"), "`email`: this must be answered"),
        (without("terms"), "`terms`: this must be ticked"),
        (
            with("people", Value::Ticked(true)),
            "`people`: this is not what the field asks for",
        ),
        (
            with("people", Value::Text("many".into())),
            "`people`: this is no whole number",
        ),
        (
            with("shoe", Value::Number(42)),
            "`shoe`: the form has no such field",
        ),
        (
            filled("ines", 0, true),
            "`email`: this is no e-mail address; `people`: at least 1",
        ),
    ] {
        let refused = page.answers(&form, values).await.unwrap_err();
        assert_eq!(refused, (ErrorCode::Mistakes, why.to_owned()));
    }
    page.socket
        .say(r#"{"answers":{"form":"x","values":{"people":1.5}}}"#)
        .await;
    page.socket
        .say(r#"{"answers":{"form":"x","values":{"No id":1}}}"#)
        .await;
    for _ in 0..2 {
        let code = page
            .socket
            .until("the refusal", |update| match update {
                VisitorUpdate::Refused { error, .. } => Some(error.code),
                _ => None,
            })
            .await;
        assert_eq!(code, ErrorCode::Malformed);
    }
    let back = Page::again(&server, &page.credentials, None).await;
    assert_ne!(
        back.credentials, page.credentials,
        "nobody was written down"
    );
}

#[tokio::test]
async fn a_form_that_was_changed_takes_what_still_fits() {
    let server = Server::start();
    let old = ask(&server, &fields());
    let mut page = Page::new(&server).await;
    let mut more = fields();
    more[1]["max"] = json!(10);
    let new = ask(&server, &more);
    assert_ne!(old, new);
    let refused = page
        .answers(&old, filled("ines@cafelargo.pt", 12, true))
        .await;
    assert_eq!(refused.unwrap_err().0, ErrorCode::FormChanged);
    let taken = page
        .answers(&old, filled("ines@cafelargo.pt", 9, true))
        .await;
    assert_eq!(taken.unwrap().len(), 3);

    // What is known need not be given again, and a new question is open.
    more[2] =
        json!({ "id": "company", "kind": "text", "label": { "en": "Company" }, "required": true });
    let newest = ask(&server, &more);
    let back = Page::again(&server, &page.credentials, None).await;
    assert_eq!(back.answered, [id("email"), id("people")]);
    let company = BTreeMap::from([(id("company"), Value::Text("Café Largo".into()))]);
    assert_eq!(page.answers(&newest, company).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_close_is_rated_once_changed_once_and_agents_see_it() {
    let server = Server::start();
    ask(&server, &fields());
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "Hello").await;
    let conversation = desk.shown("Hello").await;
    desk.open(conversation).await;
    let status = Status::Closed;
    let close = AgentFrame::SetStatus {
        conversation,
        status,
    };
    let rating = |closed, score, comment: Option<&str>| Rating {
        closed,
        score,
        comment: comment.map(str::to_owned),
    };
    let early = page
        .rated(rating(saluda_protocol::Number(1), 5, None))
        .await;
    assert_eq!(early, Err(ErrorCode::Conflict));

    desk.socket.send(&close).await;
    let closed = page
        .socket
        .until("the close", |update| match update {
            VisitorUpdate::Event(event) => {
                matches!(event.what, What::Closed(_)).then_some(event.number)
            }
            _ => None,
        })
        .await;
    let long = "é".repeat(501);
    for (wrong, code) in [
        (rating(closed, 0, None), ErrorCode::Malformed),
        (rating(closed, 6, None), ErrorCode::Malformed),
        (rating(closed, 5, Some(&long)), ErrorCode::TextTooLong),
    ] {
        assert_eq!(page.rated(wrong).await, Err(code));
    }
    let fine = rating(closed, 2, Some("Slow."));
    assert_eq!(page.rated(fine.clone()).await, Ok(fine.clone()));
    let better = rating(closed, 4, None);
    assert_eq!(page.rated(better.clone()).await, Ok(better.clone()));
    assert_eq!(page.rated(fine.clone()).await, Err(ErrorCode::Conflict));
    for wanted in [fine, better] {
        let seen = desk
            .socket
            .until("the rating", |update| match update {
                AgentUpdate::Event { event, .. } => match event.what {
                    What::Rated(rating) => Some(rating),
                    _ => None,
                },
                _ => None,
            })
            .await;
        assert_eq!(seen, wanted);
    }
}

#[tokio::test]
async fn a_client_of_before_hears_of_every_number() {
    let server = Server::start();
    let form = ask(&server, &fields());
    let mut page = Page::new(&server).await;
    let filled = page
        .answers(&form, filled("ines@cafelargo.pt", 12, true))
        .await;
    filled.unwrap();
    page.post(1, "Hello").await;
    let old = Page::speaking(&server, &page.credentials, 1).await;
    let what = &old.slice.events[0].what;
    assert!(matches!(what, What::Contact(contact) if *contact == Contact::default()));
    assert_eq!(old.slice.events.len(), 2);
}
