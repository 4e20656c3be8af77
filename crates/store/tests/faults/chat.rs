//! A site whose visitors write, each message known by who wrote it and when.

use saluda_protocol::{
    Author, Body, ConversationId, Event, Message, MessageId, Millis, Number, VisitorId,
};
use saluda_store::{
    Conversations as _, Directory as _, Post, Recorded, SqliteStore, StoreError, To, With,
};

use crate::disk::{Acknowledged, Disk};
use crate::people::{site, somebody};

pub(crate) const VISITORS: u8 = 3;
/// What visitors write in, each in several at once.
pub(crate) const TABS: u8 = 8;

/// Opens the database of a disk.
pub(crate) async fn open(disk: &Disk) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(disk.database(), "epoch").await
}

/// Adds the site, and visitors numbered from zero.
pub(crate) async fn settle(store: &SqliteStore, visitors: u8) -> Result<(), StoreError> {
    store.add_site(site(), None).await?;
    for n in 0..visitors {
        store.add_visitor(somebody(n)).await?;
    }
    Ok(())
}

pub(crate) fn visitor(n: u8) -> VisitorId {
    VisitorId::from_random([n; 16])
}

/// The visitor of a tab.
pub(crate) fn whose(tab: u8) -> u8 {
    tab % VISITORS
}

/// The conversation of a visitor.
pub(crate) fn conversation(visitor: u8) -> ConversationId {
    ConversationId::from_random([visitor; 16])
}

/// The name of what one tab wrote as its `n`th message, from zero.
pub(crate) fn message(tab: u8, n: u16) -> MessageId {
    let [high, low] = n.to_be_bytes();
    let mut name = [tab; 16];
    (name[1], name[2]) = (high, low);
    MessageId::from_random(name)
}

/// Posts a tab's `n`th message, and has the disk remember that its author was
/// told of it.
pub(crate) async fn post(
    store: &SqliteStore,
    disk: &Disk,
    from: u8,
    tab: u8,
    n: u16,
) -> Result<Recorded, StoreError> {
    let message = Message {
        id: message(tab, n),
        author: Author::Visitor,
        body: Body::Text(format!("message {n} of tab {tab}")),
    };
    let id = message.id;
    let post = Post {
        to: To::Visitor {
            visitor: visitor(from),
            fresh: conversation(from),
        },
        message,
        with: With::Nothing,
        at: Millis(1),
    };
    let recorded = store.post(post).await?.expect("the visitor is known");
    disk.acknowledge(Acknowledged {
        conversation: recorded.conversation,
        message: id,
        number: recorded.number,
    });
    Ok(recorded)
}

/// What stands in a visitor's conversation: names of messages, numbered from
/// one without a hole.
pub(crate) async fn messages(store: &SqliteStore, visitor: u8) -> Vec<MessageId> {
    let events = store
        .events_after(conversation(visitor), Number(0), u32::MAX)
        .await
        .unwrap();
    let named = |(place, event): (usize, &Event)| {
        let number = Number(u64::try_from(place).unwrap() + 1);
        assert_eq!(event.number, number, "a hole, or a number twice");
        event.what.message().expect("only messages are written").id
    };
    events.iter().enumerate().map(named).collect()
}
