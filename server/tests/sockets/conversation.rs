//! A visitor and an agent talk.

use saluda_protocol::{
    AgentFrame, AgentUpdate, Claim, Cursor, ErrorCode, Number, Status, VisitorFrame, VisitorUpdate,
    What,
};

use crate::client::{Desk, Page, message, texts};
use crate::server::Server;

#[tokio::test]
async fn a_visitor_writes_an_agent_answers_and_both_see_how_far_it_came() {
    let server = Server::start();
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    assert!(page.agents_online);
    assert_eq!(page.post(1, "Do you ship to Porto?").await, 1);

    let conversation = desk.shown("Do you ship to Porto?").await;
    assert_eq!(
        texts(&desk.open(conversation).await),
        ["Do you ship to Porto?"]
    );
    let up_to = Number(1);
    let read = AgentFrame::Read {
        conversation,
        up_to,
    };
    desk.socket.send(&read).await;
    let marks = page
        .socket
        .until("the agent's mark", |update| match update {
            VisitorUpdate::Marks(marks) => Some(marks),
            _ => None,
        })
        .await;
    assert_eq!((marks.agent.delivered, marks.agent.read), (up_to, up_to));

    desk.socket.send(&AgentFrame::Typing { conversation }).await;
    let name = page
        .socket
        .until("typing", |update| match update {
            VisitorUpdate::Typing { name } => Some(name),
            _ => None,
        })
        .await;
    assert_eq!(name, "Lucía Marín");

    desk.post(conversation, 2, "We do, in two days.").await;
    let number = page
        .socket
        .until("the answer", |update| match update {
            VisitorUpdate::Event(event) => Some(event.number),
            _ => None,
        })
        .await;
    page.socket.send(&VisitorFrame::Delivered(number)).await;
    page.socket.send(&VisitorFrame::Read(number)).await;
    desk.socket
        .until("the visitor's mark", |update| match update {
            AgentUpdate::Marks { marks, .. } if marks.visitor.read == number => Some(()),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn the_same_cookie_brings_the_same_history_and_none_brings_none() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    page.post(1, "one").await;
    page.post(2, "two").await;
    let back = Page::again(&server, &page.credentials, None).await;
    assert_eq!(texts(&back.slice), ["one", "two"]);
    assert_eq!(back.credentials, page.credentials);

    let other = Page::new(&server).await;
    assert_eq!(texts(&other.slice), [""; 0]);
    let mut guess = page.credentials.clone();
    guess.secret = other.credentials.secret.clone();
    let thief = Page::again(&server, &guess, None).await;
    assert_eq!(texts(&thief.slice), [""; 0]);
    assert_ne!(thief.credentials.id, page.credentials.id);
}

#[tokio::test]
async fn nobody_is_written_down_before_they_interact() {
    let server = Server::start();
    let page = Page::new(&server).await;
    let back = Page::again(&server, &page.credentials, None).await;
    assert_ne!(
        back.credentials, page.credentials,
        "the first one is unknown"
    );
}

#[tokio::test]
async fn a_client_continues_where_it_stood() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    for n in 1..=5 {
        page.post(n, &format!("message {n}")).await;
    }
    let at = |epoch: &str, last| {
        Some(Cursor {
            epoch: epoch.into(),
            last: Number(last),
        })
    };
    let back = Page::again(&server, &page.credentials, at(&page.epoch, 3)).await;
    assert!(!back.slice.reset);
    assert_eq!(texts(&back.slice), ["message 4", "message 5"]);
    let other = Page::again(&server, &page.credentials, at("restored", 3)).await;
    assert!(other.slice.reset);
    assert_eq!(other.slice.events.len(), 5);

    let mut asks = back;
    asks.socket.send(&VisitorFrame::Missed(Number(1))).await;
    let slice = asks
        .socket
        .until("what was missed", |update| match update {
            VisitorUpdate::Slice(slice) => Some(slice),
            _ => None,
        })
        .await;
    assert_eq!(
        texts(&slice),
        ["message 2", "message 3", "message 4", "message 5"]
    );
}

#[tokio::test]
async fn two_tabs_of_one_visitor_see_the_same() {
    let server = Server::start();
    let mut one = Page::new(&server).await;
    one.post(1, "from the first").await;
    let mut two = Page::again(&server, &one.credentials, None).await;
    two.post(2, "from the second").await;
    let seen = one
        .socket
        .until("the other tab's message", |update| match update {
            VisitorUpdate::Event(event) => event.what.message().cloned(),
            _ => None,
        })
        .await;
    assert_eq!(seen.body.as_text(), "from the second");
}

#[tokio::test]
async fn a_page_that_falls_behind_is_brought_up_to_date_and_holds_up_nobody() {
    let server = Server::with(&["--posts-per-minute", "100000"]);
    let mut page = Page::new(&server).await;
    page.post(1, "first").await;
    let mut slow = Page::narrow(&server, &page.credentials).await;
    // More than the bus and the line keep for it, while it reads nothing.
    let long = "🫘".repeat(2_000);
    for n in 2..=600 {
        page.post(n, &long).await;
    }
    let (mut next, mut caught_up) = (2, false);
    while next <= 600 {
        let events = match slow.socket.next().await {
            Some(VisitorUpdate::Event(event)) => vec![event],
            Some(VisitorUpdate::Slice(slice)) => {
                caught_up = true;
                slice.events
            }
            Some(_) => vec![],
            // Whoever is too slow for too long comes back, and goes on.
            None => {
                caught_up = true;
                let resume = Cursor {
                    epoch: page.epoch.clone(),
                    last: Number(next - 1),
                };
                slow = Page::again(&server, &page.credentials, Some(resume)).await;
                std::mem::take(&mut slow.slice.events)
            }
        };
        for event in events {
            assert_eq!(event.number.0, next, "no hole and no repetition");
            next += 1;
        }
    }
    assert!(caught_up, "the line kept all of it");
}

#[tokio::test]
async fn a_closed_conversation_opens_again_when_the_visitor_writes() {
    let server = Server::start();
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let conversation = desk.shown("hello").await;
    let close = AgentFrame::SetStatus {
        conversation,
        status: Status::Closed,
    };
    desk.socket.send(&close).await;
    page.socket
        .until("closed", |update| match update {
            VisitorUpdate::Event(event) => matches!(event.what, What::Closed(_)).then_some(()),
            _ => None,
        })
        .await;
    assert_eq!(page.post(2, "one more thing").await, 4);
    desk.socket
        .until("open again", |update| match update {
            AgentUpdate::Changed { summary, .. } => {
                (summary.status == Status::Open && summary.asked == Number(4)).then_some(())
            }
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn an_agent_sees_the_address_a_visitor_gives() {
    let server = Server::start();
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let conversation = desk.shown("hello").await;
    desk.open(conversation).await;
    let claim = |email: &str| {
        VisitorFrame::Contact(Claim {
            email: Some(email.into()),
            name: Some("  ".into()),
            phone: None,
        })
    };
    page.socket.send(&claim("ines@nowhere")).await;
    let code = page
        .socket
        .until("refused", |update| match update {
            VisitorUpdate::Refused { error, .. } => Some(error.code),
            _ => None,
        })
        .await;
    assert_eq!(code, ErrorCode::EmailInvalid);
    page.socket.send(&claim(" ines@cafelargo.pt ")).await;
    let kept = page
        .socket
        .until("contact", |update| match update {
            VisitorUpdate::Contact(contact) => Some(contact),
            _ => None,
        })
        .await;
    assert_eq!(kept.name, None, "spaces are no name");
    let person = desk
        .socket
        .until("the person", |update| match update {
            AgentUpdate::Person { person, .. } => Some(person),
            _ => None,
        })
        .await;
    assert_eq!(person.contact, kept);
    assert_eq!(person.place.title, "Plans");
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_and_harms_nothing() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    let refused = |update| match update {
        VisitorUpdate::Refused { id, error } => Some((id, error.code)),
        _ => None,
    };
    for nonsense in ["nonsense", "{}", r#"{"post":{}}"#] {
        page.socket.say(nonsense).await;
        let told = page.socket.until("refused", refused).await;
        assert_eq!(told, (None, ErrorCode::Malformed), "{nonsense}");
    }
    let post = |n, text: &str| VisitorFrame::Post {
        id: message(n),
        body: saluda_protocol::Body::Text(text.into()),
    };
    page.socket.send(&post(1, &"é".repeat(2_001))).await;
    let told = page.socket.until("refused", refused).await;
    assert_eq!(told, (Some(message(1)), ErrorCode::TextTooLong));
    page.socket.send(&post(2, " \n\t ")).await;
    let told = page.socket.until("refused", refused).await;
    assert_eq!(told, (Some(message(2)), ErrorCode::TextEmpty));
    assert_eq!(page.post(3, "still here").await, 1);
}
