//! What a desk may do, by the role that its agent has at that moment.

use saluda_protocol::{AgentFrame, AgentUpdate, ErrorCode, VisitorUpdate};

use crate::client::{Desk, Page};
use crate::server::Server;

/// Every frame that a desk can send, and whether viewer, agent, trigger editor
/// and administrator may. What needs no permission has none.
const ROWS: &[(&str, Option<[bool; 4]>)] = &[
    ("hello", None),
    ("watch", Some([true, true, true, true])),
    ("list", Some([true, true, true, true])),
    ("open", Some([true, true, true, true])),
    ("leave", None),
    ("older", Some([true, true, true, true])),
    ("post", Some([false, true, false, true])),
    ("delivered", Some([false, true, false, true])),
    ("read", Some([false, true, false, true])),
    ("typing", Some([false, true, false, true])),
    ("set_status", Some([false, true, false, true])),
    ("pong", None),
];

const ROLES: [&str; 4] = ["viewer", "agent", "trigger-editor", "administrator"];

/// One frame of every kind, as the protocol shows them.
const SAMPLES: &str = include_str!("../../../crates/protocol/samples/agent_frames.jsonl");

fn kind(sample: &str) -> String {
    match serde_json::from_str(sample).unwrap() {
        serde_json::Value::String(kind) => kind,
        serde_json::Value::Object(object) => object.keys().next().unwrap().clone(),
        other => panic!("no frame: {other}"),
    }
}

#[tokio::test]
async fn every_frame_is_done_for_those_who_may_and_for_nobody_else() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut other = Desk::new(&server, "rui@alba.example", "school").await;
    let conversation = desk.listed().await;
    for (n, role) in ROLES.into_iter().enumerate() {
        let (done, said) = server.command(&format!("agent role lucia@alba.example {role}"));
        assert!(done, "{said}");
        for sample in SAMPLES.lines() {
            let kind = kind(sample);
            let row = ROWS.iter().find(|(of, _)| *of == kind);
            let (_, expected) = row.unwrap_or_else(|| panic!("no row for `{kind}`"));
            let Some(expected) = expected else { continue };
            let frame = sample
                .replace(
                    "0198c0de-0000-7000-8000-0000000000c3",
                    &desk.site.to_string(),
                )
                .replace(
                    "0198c0de-0000-7000-8000-0000000000d4",
                    &conversation.to_string(),
                );
            let code = refused(&mut desk, &frame).await;
            let expected = match expected[n] {
                // Who may answer is told that nobody has sent the file of the sample.
                true if sample.contains("\"file\"") => Some(ErrorCode::NotFound),
                true => None,
                false => Some(ErrorCode::Forbidden),
            };
            assert_eq!(code, expected, "{role}: {kind}");
            if kind != "list" {
                let code = refused(&mut other, &frame).await;
                assert_eq!(code, Some(ErrorCode::NotFound), "elsewhere: {kind}");
            }
        }
    }
}

/// Sends a frame, and returns why it was refused if it was.
async fn refused(desk: &mut Desk, frame: &str) -> Option<ErrorCode> {
    desk.socket.say(frame).await;
    // Answered in order, so the answer to this comes after the frame's.
    let after = AgentFrame::List {
        tab: saluda_protocol::Tab::All,
        after: None,
    };
    desk.socket.send(&after).await;
    let mut code = None;
    let mut lists = usize::from(frame.contains("\"list\"")) + 1;
    desk.socket
        .until("the end of the answers", |update| match update {
            AgentUpdate::Refused { error, .. } => {
                code = Some(error.code);
                None
            }
            AgentUpdate::Listed { .. } => {
                lists -= 1;
                (lists == 0).then_some(())
            }
            _ => None,
        })
        .await;
    code
}

#[tokio::test]
async fn who_only_looks_on_is_nobody_a_visitor_could_wait_for() {
    let server = Server::start();
    let role = |role: &str| {
        let (done, said) = server.command(&format!("agent role lucia@alba.example {role}"));
        assert!(done, "{said}");
    };
    for looks_on in ["viewer", "trigger-editor"] {
        role(looks_on);
        let _desk = Desk::new(&server, "lucia@alba.example", "shop").await;
        assert!(!Page::new(&server).await.agents_online, "{looks_on}");
    }
    role("agent");
    let _desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    assert!(Page::new(&server).await.agents_online);
}

#[tokio::test]
async fn who_may_not_answer_any_more_is_nobody_to_wait_for_either() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    page.socket
        .until("an agent", |update| {
            matches!(update, VisitorUpdate::AgentsOnline(true)).then_some(())
        })
        .await;
    assert!(server.command("agent role lucia@alba.example viewer").0);
    page.post(2, "are you there?").await;
    let conversation = desk.shown("are you there?").await;
    desk.post(conversation, 3, "yes").await;
    page.socket
        .until("nobody", |update| match update {
            VisitorUpdate::AgentsOnline(online) => (!online).then_some(()),
            VisitorUpdate::Event(event) => {
                let said = event.what.message().map(|message| message.body.as_text());
                assert_ne!(said, Some("yes"));
                None
            }
            _ => None,
        })
        .await;
}

#[test]
fn the_command_line_gives_roles_and_shows_them() {
    let server = Server::start();
    let (done, _) = server.command("agent role Lucia@Alba.example trigger-editor --site shop");
    assert!(done);
    let (_, said) = server.command("agent list");
    assert!(said.contains("school=agent shop=trigger-editor"), "{said}");
    for wrong in [
        "agent role nobody@alba.example viewer",
        "agent role lucia@alba.example viewer --site other",
        "agent role lucia@alba.example owner",
    ] {
        let (done, said) = server.command(wrong);
        assert!(!done, "{wrong}: {said}");
    }
    assert_eq!(server.command("agent list").1, said);
}
