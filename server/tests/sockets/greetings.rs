//! Greetings that visitors take up, over a server that may die at any moment.

use saluda_protocol::visitor::Greeted;
use saluda_protocol::{
    AgentFrame, AgentUpdate, Author, Body, Claim, ErrorCode, Event, MessageId, VisitorFrame,
    VisitorUpdate,
};

use crate::client::{Desk, Page, message};
use crate::server::Server;

const HELP: &str = r#"{
    "name": "Pricing help",
    "rule": { "fact": "page.path", "op": "glob", "value": "/plans/**" },
    "greeting": {
        "text": { "en": "Hi {{visitor.attr.name|there}}, questions?", "es": "¿Dudas?" },
        "buttons": [
            { "label": { "en": "Which plan?", "es": "¿Qué plan?" }, "answer": { "en": "It depends." } },
            { "label": { "en": "None" } }
        ],
        "reply": { "agent": { "follow_up": { "en": "Someone is on their way." } } }
    },
    "tags": ["pricing"]
}"#;

const ASKS: &str = r#"{
    "name": "Closed now",
    "rule": { "all": [] },
    "greeting": {
        "text": { "en": "We are closed." },
        "reply": { "agent": { "ask": ["email"], "follow_up": { "en": "Thanks, until tomorrow." } } }
    }
}"#;

fn greeted(n: u16, trigger: &str) -> Greeted {
    Greeted {
        id: message(n),
        trigger: trigger.parse().unwrap(),
        version: 1,
        variant: None,
        language: "en-GB".into(),
        values: vec!["Inês".into()],
    }
}

fn tap(n: u16, of: u16, button: u8) -> VisitorFrame {
    VisitorFrame::Post {
        id: message(n),
        body: Body::Tap {
            message: message(of),
            button,
            label: "what the page says".into(),
        },
    }
}

/// Sends a frame and returns the number it was given, or why it was refused.
async fn send(page: &mut Page, frame: &VisitorFrame, id: MessageId) -> Result<u64, ErrorCode> {
    assert!(page.socket.send(frame).await);
    page.socket
        .until("an answer", |update| match update {
            VisitorUpdate::Ack { id: of, number, .. } if of == id => Some(Ok(number.0)),
            VisitorUpdate::Refused {
                id: Some(of),
                error,
            } if of == id => Some(Err(error.code)),
            _ => None,
        })
        .await
}

async fn greet(page: &mut Page, greeted: Greeted) -> Result<u64, ErrorCode> {
    let id = greeted.id;
    send(page, &VisitorFrame::Greeted(greeted), id).await
}

async fn taps(page: &mut Page, n: u16, of: u16, button: u8) -> Result<u64, ErrorCode> {
    send(page, &tap(n, of, button), message(n)).await
}

/// What was said, in order: `>` the visitor, `<` a greeting.
fn said(events: &[Event]) -> Vec<String> {
    for (place, event) in (1..).zip(events) {
        assert_eq!(event.number.0, place, "no holes");
    }
    let line = |event: &Event| {
        let message = event.what.message()?;
        let side = match message.author {
            Author::Visitor => ">",
            Author::Greeting { .. } => "<",
            _ => "=",
        };
        Some(format!("{side} {}", message.body.as_text()))
    };
    events.iter().filter_map(line).collect()
}

async fn history(server: &Server, page: &Page) -> Vec<String> {
    let back = Page::again(server, &page.credentials, None).await;
    said(&back.slice.events)
}

#[tokio::test]
async fn a_greeting_a_tap_and_what_follows_are_there_once_whatever_happens() {
    let mut server = Server::start();
    server.publish(HELP);
    let mut page = Page::new(&server).await;
    assert_eq!(greet(&mut page, greeted(1, "pricing-help")).await, Ok(1));
    server.kill();
    server.restart();

    // The page does not know what arrived, and says everything again.
    let mut page = Page::again(&server, &page.credentials, None).await;
    for _ in 0..2 {
        assert_eq!(greet(&mut page, greeted(1, "pricing-help")).await, Ok(1));
        assert_eq!(taps(&mut page, 2, 1, 0).await, Ok(2));
    }
    server.kill();
    server.restart();
    let mut page = Page::again(&server, &page.credentials, None).await;
    assert_eq!(greet(&mut page, greeted(1, "pricing-help")).await, Ok(1));
    assert_eq!(taps(&mut page, 2, 1, 0).await, Ok(2));
    assert_eq!(page.post(3, "For two").await, 5);
    let expected = [
        "< Hi Inês, questions?",
        "> Which plan?",
        "< It depends.",
        "< Someone is on their way.",
        "> For two",
    ];
    assert_eq!(history(&server, &page).await, expected);
}

#[tokio::test]
async fn the_page_hears_each_event_once_in_order() {
    let server = Server::start();
    server.publish(HELP);
    let mut page = Page::new(&server).await;
    page.socket
        .send(&VisitorFrame::Greeted(greeted(1, "pricing-help")))
        .await;
    page.socket.send(&tap(2, 1, 1)).await;
    let text = Body::Text("Hello?".into());
    let post = VisitorFrame::Post {
        id: message(3),
        body: text,
    };
    page.socket.send(&post).await;
    let mut heard = Vec::new();
    page.socket
        .until("the last ack", |update| {
            match update {
                VisitorUpdate::Event(event) => heard.push(event),
                VisitorUpdate::Slice(slice) => heard.extend(slice.events),
                VisitorUpdate::Ack { id, .. } if id == message(3) => return Some(()),
                _ => {}
            }
            None
        })
        .await;
    let expected = [
        "< Hi Inês, questions?",
        "> None",
        "< Someone is on their way.",
        "> Hello?",
    ];
    assert_eq!(said(&heard), expected);
    let Body::QuickReplies { replies, .. } = &heard[0].what.message().unwrap().body else {
        panic!("{:?}", heard[0]);
    };
    assert_eq!(replies, &["Which plan?", "None"]);
}

#[tokio::test]
async fn of_two_tabs_that_tap_one_is_first() {
    let server = Server::start();
    server.publish(HELP);
    let mut one = Page::new(&server).await;
    greet(&mut one, greeted(1, "pricing-help")).await.unwrap();
    let mut two = Page::again(&server, &one.credentials, None).await;
    let (first, second) = tokio::join!(taps(&mut one, 2, 1, 0), taps(&mut two, 3, 1, 1));
    let refused: Vec<_> = [first, second]
        .into_iter()
        .filter_map(Result::err)
        .collect();
    assert_eq!(refused, [ErrorCode::TappedAlready]);
    let told = history(&server, &one).await;
    let tapped = told.iter().filter(|line| line.starts_with('>')).count();
    assert_eq!(tapped, 1, "{told:?}");
}

#[tokio::test]
async fn what_was_never_published_is_refused_and_the_message_after_it_arrives() {
    let server = Server::start();
    server.publish(HELP);
    let mut page = Page::new(&server).await;
    let right = greeted(1, "pricing-help");
    for wrong in [
        greeted(1, "made-up"),
        Greeted {
            version: 7,
            ..right.clone()
        },
        Greeted {
            variant: Some("made-up".into()),
            ..right.clone()
        },
    ] {
        let refused = greet(&mut page, wrong).await;
        assert_eq!(refused, Err(ErrorCode::NotFound));
    }
    let nobody = Page::again(&server, &page.credentials, None).await;
    assert_ne!(
        nobody.credentials, page.credentials,
        "nobody is written down"
    );
    assert_eq!(page.post(2, "Still here").await, 1);

    // Nor does a message of someone else's have quick replies here.
    let mut other = Page::new(&server).await;
    greet(&mut other, greeted(9, "pricing-help")).await.unwrap();
    for (of, button) in [(9, 0), (2, 0), (8, 0)] {
        let refused = taps(&mut page, 3, of, button).await;
        assert_eq!(refused, Err(ErrorCode::NotFound), "{of}");
    }
    assert_eq!(page.post(4, "And again").await, 2);
    assert_eq!(
        history(&server, &page).await,
        ["> Still here", "> And again"]
    );
}

#[tokio::test]
async fn the_desk_sees_where_it_came_from_and_what_was_given() {
    let server = Server::start();
    server.publish(HELP);
    server.publish(ASKS);
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let conversation = desk.shown("hello").await;
    desk.open(conversation).await;
    greet(&mut page, greeted(2, "closed-now")).await.unwrap();
    let person = desk
        .socket
        .until("where it came from", |update| match update {
            AgentUpdate::Person { person, .. } => Some(person),
            _ => None,
        })
        .await;
    assert_eq!(person.origin.unwrap().name, "Closed now");
    greet(&mut page, greeted(3, "pricing-help")).await.unwrap();
    greet(&mut page, greeted(4, "closed-now")).await.unwrap();
    let claim = Claim {
        email: Some("ines@cafelargo.pt".into()),
        ..Claim::default()
    };
    page.socket.send(&VisitorFrame::Contact(claim)).await;
    let follow_up = page
        .socket
        .until("what follows", |update| match update {
            VisitorUpdate::Event(event) => {
                let message = event.what.message()?.clone();
                (message.body.as_text() == "Thanks, until tomorrow.").then_some(message)
            }
            _ => None,
        })
        .await;
    let by = Author::Greeting {
        trigger: "closed-now".parse().unwrap(),
        name: "shop".into(),
    };
    assert_eq!(follow_up.author, by);
    let summary = desk
        .socket
        .until("the contact in the inbox", |update| match update {
            AgentUpdate::Changed { summary, .. } if summary.contact.email.is_some() => {
                Some(summary)
            }
            _ => None,
        })
        .await;
    assert_eq!(summary.origin.unwrap().trigger.as_str(), "closed-now");
    assert_eq!(summary.tags, ["pricing"]);
    assert_eq!(summary.preview.unwrap().text, "hello");
}

#[tokio::test]
async fn agents_send_text_and_nothing_else() {
    let server = Server::start();
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let conversation = desk.shown("hello").await;
    let post = AgentFrame::Post {
        conversation,
        id: message(2),
        body: Body::QuickReplies {
            text: "Well?".into(),
            replies: vec!["Yes".into()],
        },
    };
    desk.socket.send(&post).await;
    let error = desk
        .socket
        .until("refused", |update| match update {
            AgentUpdate::Refused { error, .. } => Some(error),
            _ => None,
        })
        .await;
    assert_eq!(error.message, "only text and files can be sent here");
}
