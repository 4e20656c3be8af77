//! Whatever is said, dropped, cut off and killed in between: in the end two tabs of a
//! visitor, the desk and its inbox, and whoever comes anew see the same, with every
//! message once and in order.
//!
//! The clients are those of widget and desk: `saluda_client` holds what they know.

mod client;
mod inbox;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use saluda_protocol::{MessageId, Status, What};

use self::client::{Client, Kind};
use crate::client::{Desk, Page, message};
use crate::line::Line;
use crate::server::Server;

/// How much happens. One step in ten kills the server.
const STEPS: usize = 1_200;

#[derive(Debug, Clone, Copy)]
enum Step {
    /// A client says something, and goes on without waiting.
    Say(usize),
    /// A client waits until everything it said is acknowledged.
    Wait(usize),
    /// A client says that it has read everything it has.
    Read(usize),
    /// The agent closes the conversation, or opens it again.
    Set(Status),
    /// A client loses its connection.
    Drop(usize),
    /// The line breaks when so many more bytes have come over it.
    Break(usize),
    /// The server is ended without a word, and comes back.
    Kill,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        50 => (0..3usize).prop_map(Step::Say),
        12 => (0..3usize).prop_map(Step::Wait),
        8 => (0..3usize).prop_map(Step::Read),
        3 => Just(Step::Set(Status::Closed)),
        3 => Just(Step::Set(Status::Open)),
        14 => (0..3usize).prop_map(Step::Drop),
        10 => (0..3_000usize).prop_map(Step::Break),
        10 => Just(Step::Kill),
    ]
}

/// The same steps in every run.
fn steps() -> Vec<Step> {
    let mut runner = TestRunner::deterministic();
    let all = prop::collection::vec(step(), STEPS);
    all.new_tree(&mut runner).unwrap().current()
}

#[tokio::test]
async fn everyone_sees_the_same_after_a_hundred_kills_and_broken_lines() {
    let mut server = Server::with(&["--posts-per-minute", "1000000"]);
    let cookie = server.sign_in("lucia@alba.example");
    let line = Line::to(server.address()).await;
    server.reach_by(line.address());
    let mut page = Page::new(&server).await;
    page.post(1, "hello").await;
    let mut desk = Desk::with_cookie(&server, &cookie, "shop").await;
    let conversation = desk.listed().await;
    let tab = || Kind::Tab(page.credentials.clone());
    let at_desk = Kind::Desk {
        cookie,
        conversation,
    };
    let mut clients = [tab(), tab(), at_desk.clone()].map(Client::new);
    drop((page.socket, desk));

    let mut said: [Vec<MessageId>; 3] = Default::default();
    let (mut next, mut kills, mut breaks) = (2, 0, 0);
    for step in steps() {
        match step {
            Step::Say(who) => {
                let id = message(next);
                next += 1;
                said[who].push(id);
                clients[who].say(&server, id).await;
            }
            Step::Wait(who) => clients[who].wait_for_acks(&server).await,
            Step::Read(who) => clients[who].read(&server).await,
            Step::Set(status) => clients[2].set(&server, status).await,
            Step::Drop(who) => clients[who].drop_connection(),
            Step::Break(bytes) => {
                line.break_after(bytes);
                breaks += 1;
            }
            Step::Kill => {
                server.kill();
                server.restart();
                kills += 1;
                for client in &mut clients {
                    client.drop_connection();
                }
            }
        }
    }
    assert!(kills >= 100 && breaks >= 80, "{kills} and {breaks}");
    let amid: usize = clients.iter().map(|client| client.lost).sum();
    assert!(amid >= 50, "lines broke amid something {amid} times");

    for client in &mut clients {
        client.wait_for_acks(&server).await;
        client.have_read(&server).await;
    }
    let mut fresh = [tab(), at_desk].map(Client::new);
    fresh[0].load_all(&server).await;
    let [fresh, fresh_desk] = &mut fresh;
    fresh_desk.load_all(&server).await;
    fresh_desk.load_inbox(&server).await;
    let truth = fresh.conversation.clone();
    assert_eq!(fresh_desk.conversation.events(), truth.events());
    for client in &mut clients {
        client.come_to(&server, fresh_desk).await;
        client.load_all(&server).await;
        assert_eq!(client.conversation.events(), truth.events());
        assert_eq!(client.conversation.marks(), truth.marks());
    }

    let shown = fresh_desk.inbox.shown().unwrap();
    assert_eq!(clients[2].inbox.shown().unwrap(), shown);
    assert_eq!(shown.0.last, truth.last());

    // Numbers have no holes, nothing is there twice, and each wrote in order.
    let numbers = truth.events().iter().map(|event| event.number.0);
    assert!(numbers.eq(1..=truth.last().0));
    let all: Vec<_> = truth
        .events()
        .iter()
        .filter_map(|event| event.what.message())
        .map(|message| message.id)
        .collect();
    assert_eq!(all.len(), 1 + said.iter().map(Vec::len).sum::<usize>());
    for theirs in &said {
        let order = all.iter().filter(|id| theirs.contains(id));
        assert!(order.eq(theirs));
    }
    let last = truth
        .events()
        .iter()
        .rev()
        .find_map(|event| match event.what {
            What::Closed(_) => Some(Status::Closed),
            What::Reopened(_) => Some(Status::Open),
            _ => None,
        });
    assert_eq!(fresh_desk.status, last);
    let (fine, words) = server.command("check");
    assert!(fine, "{words}");
}
