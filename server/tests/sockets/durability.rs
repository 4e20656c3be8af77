//! What was acknowledged is there, whatever happens to the server.

use std::collections::BTreeMap;

use saluda_protocol::{Body, Cursor, MessageId, Number, VisitorFrame, VisitorUpdate};

use crate::client::{Desk, Page, message, texts};
use crate::server::Server;

#[tokio::test]
async fn a_repeated_post_keeps_its_number_over_a_restart() {
    let mut server = Server::start();
    let mut page = Page::new(&server).await;
    assert_eq!(page.post(1, "once").await, 1);
    assert_eq!(page.post(2, "twice").await, 2);
    assert_eq!(page.post(1, "once").await, 1);
    server.kill();
    server.restart();
    let mut back = Page::again(&server, &page.credentials, None).await;
    assert_eq!(back.epoch, page.epoch);
    assert_eq!(back.post(1, "once").await, 1);
    assert_eq!(back.post(3, "thrice").await, 3);
    assert_eq!(texts(&back.slice), ["once", "twice"]);
}

/// Sends everything that is not acknowledged yet, in order, until the server
/// is gone or nothing is left.
async fn send_all(
    page: &mut Page,
    all: &[MessageId],
    acknowledged: &mut BTreeMap<MessageId, Number>,
    stop_after: usize,
) {
    let open: Vec<_> = all
        .iter()
        .copied()
        .filter(|id| !acknowledged.contains_key(id))
        .collect();
    for id in &open {
        let body = Body::Text(id.to_string());
        let frame = VisitorFrame::Post { id: *id, body };
        if !page.socket.send(&frame).await {
            break;
        }
    }
    while acknowledged.len() < all.len().min(stop_after) {
        match page.socket.next().await {
            Some(VisitorUpdate::Ack { id, number, .. }) => {
                acknowledged.insert(id, number);
            }
            Some(VisitorUpdate::Refused { error, .. }) => panic!("{error:?}"),
            Some(_) => {}
            None => break,
        }
    }
}

#[tokio::test]
async fn a_server_killed_amid_posts_has_every_acknowledged_one_once_and_in_order() {
    let mut server = Server::with(&["--posts-per-minute", "100000"]);
    let all: Vec<MessageId> = (1..=600).map(message).collect();
    let mut acknowledged = BTreeMap::new();
    let mut page = Page::new(&server).await;
    let credentials = page.credentials.clone();
    // Three lives: killed with posts under way after 150 and 350 were
    // acknowledged.
    for stop_after in [150, 350] {
        send_all(&mut page, &all, &mut acknowledged, stop_after).await;
        server.kill();
        let survived: Vec<_> = acknowledged.clone().into_iter().collect();
        server.restart();
        page = Page::again(&server, &credentials, None).await;
        for (id, number) in survived {
            assert_eq!(acknowledged[&id], number);
        }
    }
    send_all(&mut page, &all, &mut acknowledged, all.len()).await;
    assert_eq!(acknowledged.len(), all.len());

    let everything = Cursor {
        epoch: page.epoch.clone(),
        last: Number(100),
    };
    let tail = Page::again(&server, &credentials, Some(everything)).await;
    let kept: Vec<_> = tail
        .slice
        .events
        .iter()
        .map(|event| (event.number, event.what.message().unwrap().id))
        .collect();
    assert_eq!(kept.len(), 500, "none doubled, none lost");
    for (place, (number, id)) in kept.iter().enumerate() {
        assert_eq!(number.0, u64::try_from(place).unwrap() + 101, "no holes");
        assert_eq!(*id, all[place + 100], "in the order it was written");
        assert_eq!(acknowledged[id], *number, "where the ack said");
    }
}

#[tokio::test]
async fn a_desk_hears_what_it_missed_while_it_was_away() {
    let server = Server::start();
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut page = Page::new(&server).await;
    page.post(1, "before").await;
    desk.shown("before").await;
    let resume = Cursor {
        epoch: desk.epoch.clone(),
        last: Number(1),
    };
    drop(desk);
    page.post(2, "meanwhile").await;
    let mut other = Page::new(&server).await;
    other.post(3, "someone else").await;

    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let saluda_protocol::AgentUpdate::Watching {
        reset,
        changed,
        counts,
        last,
        ..
    } = desk.watch(Some(resume)).await
    else {
        unreachable!();
    };
    assert!(!reset);
    let previews: Vec<_> = changed
        .iter()
        .map(|summary| summary.preview.as_ref().unwrap().text.as_str())
        .collect();
    assert_eq!(previews, ["meanwhile", "someone else"]);
    assert_eq!((counts.open, counts.unread, last), (2, 2, Number(3)));
}
