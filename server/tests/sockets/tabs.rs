//! Tabs of one visitor that share a connection.

use saluda_protocol::visitor::{Credentials, Place};
use saluda_protocol::{Cursor, Number, VisitorFrame, VisitorUpdate, WIRE_VERSION};

use crate::client::{Desk, Page};
use crate::server::{ORIGIN, Server};

fn hello(credentials: &Credentials, resume: Option<Cursor>) -> VisitorFrame {
    VisitorFrame::Hello {
        wire: WIRE_VERSION,
        credentials: Some(credentials.clone()),
        resume,
        place: Place {
            url: format!("{ORIGIN}/cart"),
            title: "Your cart".into(),
            ..Place::default()
        },
    }
}

#[tokio::test]
async fn each_tab_is_welcomed_with_what_it_lacks() {
    let server = Server::start();
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "Do you ship to Porto?").await;
    page.post(2, "By Friday?").await;
    let conversation = desk.shown("By Friday?").await;

    for (has, lacks) in [(None, 2), (Some(Number(1)), 1), (Some(Number(2)), 0)] {
        let epoch = page.epoch.clone();
        let resume = has.map(|last| Cursor { epoch, last });
        let credentials = page.credentials.clone();
        page.socket.send(&hello(&credentials, resume)).await;
        let slice = page
            .socket
            .until("a welcome", |update| match update {
                VisitorUpdate::Welcome {
                    slice, credentials, ..
                } => {
                    assert_eq!(credentials, None, "they know who they are");
                    Some(slice)
                }
                _ => None,
            })
            .await;
        assert_eq!((slice.events.len(), slice.reset), (lacks, has.is_none()));
    }

    // It goes on as before, without a gap and with nothing twice.
    desk.post(conversation, 3, "On Thursday.").await;
    let number = page
        .socket
        .until("the answer", |update| match update {
            VisitorUpdate::Event(event) => Some(event.number),
            VisitorUpdate::Slice(slice) => panic!("{slice:?}"),
            _ => None,
        })
        .await;
    assert_eq!(number, Number(3));
}

#[tokio::test]
async fn a_tab_of_somebody_else_needs_a_connection_of_its_own() {
    let server = Server::start();
    let (mut page, mut other) = (Page::new(&server).await, Page::new(&server).await);
    page.post(1, "Do you ship to Porto?").await;
    other.post(2, "Where is my order?").await;
    page.socket.send(&hello(&other.credentials, None)).await;
    assert_eq!(page.socket.close_code().await, 1012);

    let mut page = Page::again(&server, &page.credentials, None).await;
    let wrong = Credentials {
        secret: "kZ0oXnqY1mB4p9w2".into(),
        ..page.credentials.clone()
    };
    page.socket.send(&hello(&wrong, None)).await;
    assert_eq!(page.socket.close_code().await, 1012);
}
