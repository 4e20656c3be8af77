use std::future::pending;
use std::time::Instant;

use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;
use crate::door::Door;
use crate::settings::Settings;

const TIMEOUT: Duration = Duration::from_millis(200);
/// What never takes this long on any machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that answers `/` and gives requests little time to arrive.
fn server() -> SocketAddr {
    let listener = listen(([127, 0, 0, 1], 0).into()).unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(async || "here"));
    let door = Door::new(&Settings::default());
    tokio::spawn(async move {
        serve(listener, router, &door.connections, TIMEOUT, pending()).await;
    });
    address
}

/// Says something, and what comes back until the server closes.
async fn said(address: SocketAddr, words: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let read = stream.read_to_string(&mut answer);
    let closed = tokio::time::timeout(PATIENCE, read).await;
    closed.expect("the connection stays open").unwrap();
    answer
}

#[tokio::test]
async fn who_says_nothing_or_half_of_it_is_not_waited_for() {
    let address = server();
    for words in ["", "G", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let begin = Instant::now();
        let answer = said(address, words).await;
        assert!(begin.elapsed() >= TIMEOUT, "{words}");
        assert!(!answer.contains("here"), "{answer}");
    }
}

#[tokio::test]
async fn a_connection_that_was_served_may_rest_no_longer() {
    let address = server();
    let answer = said(address, "GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(answer.ends_with("here"), "{answer}");
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let address = server();
    let long = format!(
        "GET / HTTP/1.1\r\nhost: x\r\nx: {}",
        "y".repeat(HEADERS_BYTES)
    );
    let answer = said(address, &long).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}
