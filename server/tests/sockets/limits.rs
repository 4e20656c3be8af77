//! Nobody takes what is there for all.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use saluda_protocol::{Body, ErrorBody, ErrorCode, VisitorFrame, VisitorUpdate};
use tokio_tungstenite::tungstenite::Error;

use crate::client::{Desk, Page, Socket, connect, message};
use crate::server::{ORIGIN, Server};

/// What a page is refused, if it is.
async fn refusal(page: &mut Page) -> Option<ErrorBody> {
    let answered = |update| match update {
        VisitorUpdate::Ack { .. } => Some(None),
        VisitorUpdate::Refused { error, .. } => Some(Some(error)),
        _ => None,
    };
    page.socket.until("an answer", answered).await
}

async fn post(page: &mut Page, n: u16) -> Option<ErrorBody> {
    let body = Body::Text("hello".into());
    let id = message(n);
    page.socket.send(&VisitorFrame::Post { id, body }).await;
    refusal(page).await
}

#[tokio::test]
async fn who_writes_too_much_is_told_when_to_go_on_and_others_are_not_held_up() {
    let server = Server::with(&["--posts-per-minute", "5"]);
    let mut flood = Page::new(&server).await;
    for n in 1..=5 {
        assert_eq!(post(&mut flood, n).await, None, "{n}");
    }
    let refused = post(&mut flood, 6).await.unwrap();
    assert_eq!(refused.code, ErrorCode::TooMany);
    let wait = refused.retry_ms.unwrap();
    assert!((1..=12_000).contains(&wait), "{wait}");
    assert!(
        refused.message.contains("try again in"),
        "{}",
        refused.message
    );
    // Nor does another tab of theirs help.
    let mut tab = Page::again(&server, &flood.credentials, None).await;
    assert_eq!(post(&mut tab, 7).await.unwrap().code, ErrorCode::TooMany);
    let mut other = Page::new(&server).await;
    assert_eq!(post(&mut other, 8).await, None);
    // What was refused was not written down.
    let back = Page::again(&server, &flood.credentials, None).await;
    assert_eq!(back.slice.events.len(), 5);
}

/// Opens a socket as a proxy does for someone.
async fn behind_proxy(server: &Server, visitor: &str) -> Result<Socket, u16> {
    let headers = [("origin", ORIGIN), ("x-forwarded-for", visitor)];
    match connect(server, "/ws/visitor/shop", &headers).await {
        Ok(socket) => Ok(socket),
        Err(Error::Http(answer)) => {
            assert!(answer.headers().contains_key("retry-after"));
            Err(answer.status().as_u16())
        }
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn one_network_begins_so_many_sockets_and_others_go_on() {
    let server = Server::start();
    let mut refused = 0;
    for n in 0..220 {
        // All addresses of a street are one network.
        if let Err(status) = behind_proxy(&server, &format!("203.0.113.{n}")).await {
            assert_eq!(status, 429);
            refused += 1;
        }
    }
    assert!((1..=20).contains(&refused), "{refused}");
    assert!(behind_proxy(&server, "198.51.100.1").await.is_ok());
    // What someone makes up before the proxy's own word changes nothing.
    let made_up = behind_proxy(&server, "192.0.2.1, 203.0.113.7").await;
    assert_eq!(made_up.err(), Some(429));
}

/// Whether a connection is closed before anything is read from it.
fn is_closed(server: &Server) -> bool {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    // It may be closed already.
    let _ = write!(stream, "GET /health HTTP/1.1\r\nhost: x\r\n\r\n");
    let mut first = [0; 1];
    !matches!(stream.read(&mut first), Ok(1))
}

#[tokio::test]
async fn a_full_server_keeps_the_conversations_that_there_are() {
    let server = Server::with(&["--max-connections", "20"]);
    let mut page = Page::new(&server).await;
    assert_eq!(post(&mut page, 1).await, None);
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    // Two are left, the last tenth: for those who are in a conversation.
    let mut idle: Vec<_> = (0..16)
        .map(|_| TcpStream::connect(server.address()).unwrap())
        .collect();
    // The server has counted all of them once it answers one that came later.
    server.request("GET", "/health", "", "");
    let mut someone = connect(&server, "/ws/visitor/shop", &[("origin", ORIGIN)])
        .await
        .unwrap();
    someone
        .say(r#"{"hello":{"wire":1,"credentials":null,"resume":null,"place":{}}}"#)
        .await;
    assert_eq!(someone.close_code().await, 1013);
    let tab = Page::again(&server, &page.credentials, None).await;
    assert_eq!(tab.slice.events.len(), 1);
    // Now there is one left.
    let last = TcpStream::connect(server.address()).unwrap();
    server.wait_until("it is full", || is_closed(&server));
    // Those who are there are served as ever.
    assert_eq!(post(&mut page, 2).await, None);
    desk.watch(None).await;
    drop(last);
    idle.clear();
    server.wait_until("there is room", || !is_closed(&server));
    let new = Page::new(&server).await;
    assert!(new.slice.events.is_empty());
}
