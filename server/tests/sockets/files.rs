//! Files of visitors and agents, over HTTP and sockets.

use saluda_protocol::{AgentFrame, Body, ErrorCode, File, VisitorFrame, VisitorUpdate, What};

use crate::client::{Desk, Page, message};
use crate::server::{ORIGIN, Server};

/// What the server found out of what was sent; the whole answer if it was refused.
fn sent(answer: &str) -> Result<File, String> {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str(body).map_err(|_| answer.to_owned())
}

impl Page {
    /// Sends a file over HTTP.
    pub(crate) fn upload(
        &self,
        server: &Server,
        name: &str,
        content: &str,
    ) -> Result<File, String> {
        let headers = format!(
            "origin: {ORIGIN}\r\nauthorization: Visitor {}\r\nsaluda-name: {name}\r\n",
            self.credentials.to_cookie()
        );
        sent(&server.send("POST", "/api/sites/shop/uploads", &headers, content))
    }
}

fn body_of(what: What) -> Option<Body> {
    match what {
        What::Message(message) => Some(message.body),
        _ => None,
    }
}

#[tokio::test]
async fn a_file_goes_to_the_desk_and_another_comes_back() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let refused = page.upload(&server, "order.txt", "Two bags").unwrap_err();
    assert!(refused.starts_with("HTTP/1.1 401"), "{refused}");
    page.socket.send(&VisitorFrame::Attach).await;
    let may = |update| matches!(update, VisitorUpdate::Attach).then_some(());
    page.socket.until("word that it may", may).await;
    let file = page.upload(&server, "order.txt", "Two bags").unwrap();

    let post = VisitorFrame::Post {
        id: message(1),
        body: Body::File(file.clone()),
    };
    for _ in 0..2 {
        page.socket.send(&post).await;
        let number = page.socket.until("an ack", |update| match update {
            VisitorUpdate::Ack { number, .. } => Some(number.0),
            _ => None,
        });
        assert_eq!(number.await, 1);
    }

    let conversation = desk.shown("order.txt").await;
    let mut slice = desk.open(conversation).await;
    let seen = body_of(slice.events.remove(0).what);
    assert_eq!(seen, Some(Body::File(file.clone())));
    let back = server.request("GET", &format!("/api/files/{}", file.id), "", "");
    assert!(back.ends_with("\r\n\r\nTwo bags"), "{back}");

    let cookie = server.sign_in("lucia@alba.example");
    let own = format!(
        "origin: http://{}\r\ncookie: {cookie}\r\nsaluda-name: offer.txt\r\n",
        server.address()
    );
    let path = format!("/api/sites/shop/conversations/{conversation}/files");
    let offer = sent(&server.send("POST", &path, &own, "An offer")).unwrap();
    let answer = AgentFrame::Post {
        conversation,
        id: message(2),
        body: Body::File(offer.clone()),
    };
    desk.socket.send(&answer).await;
    let heard = page.socket.until("the offer", |update| match update {
        VisitorUpdate::Event(event) if event.number.0 == 2 => body_of(event.what),
        _ => None,
    });
    assert_eq!(heard.await, Body::File(offer));
}

#[tokio::test]
async fn a_page_of_yesterday_hears_the_name_and_a_stranger_posts_nothing() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    page.socket.send(&VisitorFrame::Attach).await;
    let may = |update| matches!(update, VisitorUpdate::Attach).then_some(());
    page.socket.until("word that it may", may).await;
    let file = page.upload(&server, "order.txt", "Two bags").unwrap();
    let post = VisitorFrame::Post {
        id: message(1),
        body: Body::File(file),
    };
    let mut stranger = Page::new(&server).await;
    stranger.socket.send(&post).await;
    let refused = stranger.socket.until("a refusal", |update| match update {
        VisitorUpdate::Refused { error, .. } => Some(error.code),
        _ => None,
    });
    assert_eq!(refused.await, ErrorCode::NotFound);

    page.socket.send(&post).await;
    let acked = |update| matches!(update, VisitorUpdate::Ack { .. }).then_some(());
    page.socket.until("an ack", acked).await;
    let older = Page::speaking(&server, &page.credentials, 2).await;
    let said = older.slice.events.into_iter().map(|event| event.what);
    let said: Vec<_> = said.filter_map(body_of).collect();
    assert_eq!(said, [Body::Text("order.txt".into())]);
}
