//! Who is let in.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use saluda_protocol::{AgentFrame, AgentUpdate, ErrorCode};
use tokio_tungstenite::tungstenite::Error;

use crate::client::{Desk, Page, connect};
use crate::server::{ORIGIN, Server};

async fn status(server: &Server, path: &str, headers: &[(&'static str, &str)]) -> u16 {
    match connect(server, path, headers).await {
        Ok(_) => 101,
        Err(Error::Http(answer)) => answer.status().as_u16(),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_page_of_a_foreign_origin_gets_no_socket() {
    let server = Server::start();
    let visitor = "/ws/visitor/shop";
    assert_eq!(status(&server, visitor, &[("origin", ORIGIN)]).await, 101);
    assert_eq!(status(&server, visitor, &[]).await, 403);
    for origin in [
        "null",
        "https://evil.example",
        "https://shop.example.evil.example",
        "https://shop.example:444",
        "https://SHOP.example",
        "http://shop.example",
    ] {
        assert_eq!(
            status(&server, visitor, &[("origin", origin)]).await,
            403,
            "{origin}"
        );
    }
    let unknown = "/ws/visitor/other";
    assert_eq!(status(&server, unknown, &[("origin", ORIGIN)]).await, 404);
}

#[test]
fn what_asks_for_no_socket_is_told_that_sockets_connect_here() {
    let server = Server::start();
    for path in ["/ws/visitor/shop", "/ws/agent"] {
        let answer = server.request("GET", path, "", "");
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(answer.contains("sockets connect here"), "{answer}");
    }
}

#[tokio::test]
async fn a_foreign_page_cannot_ride_on_an_agents_cookie() {
    let server = Server::start();
    let cookie = server.sign_in("lucia@alba.example");
    for origin in ["https://evil.example", "null", ORIGIN] {
        let headers = [("origin", origin), ("cookie", cookie.as_str())];
        assert_eq!(
            status(&server, "/ws/agent", &headers).await,
            403,
            "{origin}"
        );
    }
    assert_eq!(
        status(&server, "/ws/agent", &[("cookie", &cookie)]).await,
        403
    );
}

#[tokio::test]
async fn a_desk_without_a_session_is_told_to_sign_in() {
    let server = Server::start();
    let own = format!("http://{}", server.address());
    for cookie in ["", "saluda_desk=", "saluda_desk=guess", "other=x"] {
        let headers = [("origin", own.as_str()), ("cookie", cookie)];
        let socket = connect(&server, "/ws/agent", &headers).await.unwrap();
        assert_eq!(socket.close_code().await, 4401, "{cookie}");
    }
}

#[tokio::test]
async fn signing_out_closes_the_desk_elsewhere() {
    let server = Server::start();
    let cookie = server.sign_in("lucia@alba.example");
    let one = Desk::with_cookie(&server, &cookie, "shop").await;
    let mut other = Desk::new(&server, "lucia@alba.example", "shop").await;
    server.request("DELETE", "/api/session", &cookie, "");
    assert_eq!(one.socket.close_code().await, 4401);
    // Another session of the same agent goes on.
    other.watch(None).await;
}

#[tokio::test]
async fn what_is_no_hello_ends_the_connection() {
    let server = Server::start();
    let long = format!(
        r#"{{"hello":{{"wire":1,"credentials":null,"resume":null,"place":{{"title":"{}"}}}}}}"#,
        "x".repeat(5_000)
    );
    for first in ["", "hello", r#""typing""#, &long] {
        let mut socket = connect(&server, "/ws/visitor/shop", &[("origin", ORIGIN)])
            .await
            .unwrap();
        socket.say(first).await;
        assert_eq!(socket.close_code().await, 4400, "{first}");
    }
}

#[tokio::test]
async fn a_conversation_of_a_foreign_site_does_not_exist() {
    let server = Server::start();
    let mut lucia = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let conversation = lucia.shown("hello").await;

    let mut rui = Desk::new(&server, "rui@alba.example", "school").await;
    let up_to = saluda_protocol::Number(1);
    let id = crate::client::message(9);
    let body = saluda_protocol::Body::Text("let me in".into());
    let status = saluda_protocol::Status::Closed;
    for frame in [
        AgentFrame::Open {
            conversation,
            resume: None,
        },
        AgentFrame::Older {
            conversation,
            before: up_to,
        },
        AgentFrame::Post {
            conversation,
            id,
            body,
        },
        AgentFrame::Delivered {
            conversation,
            up_to,
        },
        AgentFrame::Read {
            conversation,
            up_to,
        },
        AgentFrame::Typing { conversation },
        AgentFrame::SetStatus {
            conversation,
            status,
        },
        AgentFrame::Watch {
            site: lucia.site,
            resume: None,
        },
    ] {
        rui.socket.send(&frame).await;
        let code = rui
            .socket
            .until("refused", |update| match update {
                AgentUpdate::Refused { error, .. } => Some(error.code),
                other => panic!("{frame:?} was answered with {other:?}"),
            })
            .await;
        assert_eq!(code, ErrorCode::NotFound, "{frame:?}");
    }
}

/// Frames as the protocol shows them, in which something is another or gone.
fn strange_frames(samples: &'static str) -> Vec<String> {
    let lines: Vec<&str> = samples.lines().collect();
    let place = any::<prop::sample::Index>();
    let piece = "[\\x00-\\x20\"\\\\{}\\[\\]:,0-9a-z-]{0,6}|null|true|1e999|-1";
    let frame = (select(lines), place, 0..20usize, piece).prop_map(|(line, at, len, piece)| {
        let chars: Vec<char> = line.chars().collect();
        let begin = at.index(chars.len() + 1);
        let end = (begin + len).min(chars.len());
        let [head, tail] = [&chars[..begin], &chars[end..]].map(String::from_iter);
        [head, piece, tail].concat()
    });
    let mut runner = TestRunner::deterministic();
    let frames = prop::collection::vec(frame, 400).new_tree(&mut runner);
    frames.unwrap().current()
}

#[tokio::test]
async fn no_frame_is_a_fault_of_the_server() {
    let server = Server::with(&["--posts-per-minute", "100000"]);
    let visitor = include_str!("../../../crates/protocol/samples/visitor_frames.jsonl");
    let mut page = Page::new(&server).await;
    page.post(1, "before").await;
    for frame in strange_frames(visitor) {
        if !page.socket.try_say(&frame).await {
            page = Page::again(&server, &page.credentials, None).await;
        }
    }
    let agent = include_str!("../../../crates/protocol/samples/agent_frames.jsonl");
    let cookie = server.sign_in("lucia@alba.example");
    let mut desk = Desk::with_cookie(&server, &cookie, "shop").await;
    for frame in strange_frames(agent) {
        if !desk.socket.try_say(&frame).await {
            desk = Desk::with_cookie(&server, &cookie, "shop").await;
        }
    }
    // Whoever comes next is served, and nothing went wrong meanwhile.
    let mut next = Page::new(&server).await;
    assert_eq!(next.post(2, "after").await, 1);
    let metrics = server.send("GET", "/metrics", "", "");
    assert!(!metrics.contains("saluda_failures_total"), "{metrics}");
}
