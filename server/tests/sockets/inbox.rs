//! The desk's list stays true.

use saluda_protocol::inbox::Tab;
use saluda_protocol::{AgentFrame, AgentUpdate, Status};

use crate::client::{Desk, Page};
use crate::server::Server;

#[tokio::test]
async fn the_tabs_hold_what_they_say() {
    let server = Server::start();
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut conversations = Vec::new();
    for n in 1..=3 {
        let mut page = Page::new(&server).await;
        let text = format!("message {n}");
        page.post(n, &text).await;
        conversations.push(desk.shown(&text).await);
    }
    let close = AgentFrame::SetStatus {
        conversation: conversations[1],
        status: Status::Closed,
    };
    desk.socket.send(&close).await;
    for (tab, expected) in [
        (Tab::Open, vec![conversations[2], conversations[0]]),
        (Tab::Closed, vec![conversations[1]]),
        (
            Tab::All,
            vec![conversations[2], conversations[1], conversations[0]],
        ),
    ] {
        desk.socket
            .send(&AgentFrame::List { tab, after: None })
            .await;
        let listed = desk
            .socket
            .until("the list", |update| match update {
                AgentUpdate::Listed { summaries, .. } => Some(summaries),
                _ => None,
            })
            .await;
        let listed: Vec<_> = listed.iter().map(|summary| summary.conversation).collect();
        assert_eq!(listed, expected, "{tab:?}");
    }
}

#[tokio::test]
async fn a_visitor_is_seen_coming_and_going() {
    let server = Server::start();
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let conversation = desk.shown("hello").await;
    let presence = |update| match update {
        AgentUpdate::Presence {
            conversation: of,
            online,
        } if of == conversation => Some(online),
        _ => None,
    };
    drop(page);
    assert!(!desk.socket.until("gone", presence).await);
    desk.socket
        .send(&AgentFrame::List {
            tab: Tab::Open,
            after: None,
        })
        .await;
    let online = desk
        .socket
        .until("the list", |update| match update {
            AgentUpdate::Listed { summaries, .. } => Some(summaries[0].online),
            _ => None,
        })
        .await;
    assert!(!online);
}

#[tokio::test]
async fn what_one_agent_read_all_have_read() {
    let server = Server::start();
    let mut one = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut two = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let conversation = one.shown("hello").await;
    let up_to = saluda_protocol::Number(1);
    let read = AgentFrame::Read {
        conversation,
        up_to,
    };
    one.socket.send(&read).await;
    two.socket
        .until("nothing unread", |update| match update {
            AgentUpdate::Changed {
                summary, counts, ..
            } => (!summary.unread() && counts.unread == 0).then_some(()),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn a_desk_that_falls_behind_is_brought_up_to_date() {
    let server = Server::with(&["--posts-per-minute", "100000"]);
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "first").await;
    let conversation = desk.shown("first").await;
    desk.open(conversation).await;
    // More than the bus keeps for a listener, while this desk reads nothing.
    for n in 2..=1_200 {
        page.post(n, &format!("message {n}")).await;
    }
    let mut next = 2;
    let mut change = 1;
    while next <= 1_200 {
        match desk.socket.next().await.expect("ended") {
            AgentUpdate::Event { event, .. } => {
                assert_eq!(event.number.0, next, "no hole and no repetition");
                next += 1;
            }
            AgentUpdate::Changed { summary, .. } => {
                assert!(summary.change.0 > change);
                change = summary.change.0;
            }
            _ => {}
        }
    }
}
