//! A database that has been in use: written by the store itself, as quickly as it
//! takes what comes together.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use saluda_protocol::{
    AgentId, Author, Body, ConversationId, Credentials, Message, MessageId, Millis, SiteId,
    VisitorId,
};
use saluda_store::{Conversations as _, Directory as _, Post, SqliteStore, To, Visitor, With};
use sha2::{Digest as _, Sha256};
use tokio::time::sleep;

use crate::figures::Filled;
use crate::shop::KEY;

/// How many visitors write at the same time.
const AT_ONCE: usize = 512;
/// What the database never takes to close.
const PATIENCE: Duration = Duration::from_mins(1);
/// Some day in 2026.
const BEGAN: Millis = Millis(1_780_000_000_000);

/// A message of 200 bytes that begins with a number.
pub(crate) fn text(n: usize) -> String {
    let mut text = format!("{n} ");
    while text.len() < 200 {
        text.push_str("Do you ship to Porto? ");
    }
    text.truncate(199);
    text.push('!');
    text
}

/// An id of which no other kind of thing has the same.
pub(crate) fn id(kind: u8, n: usize) -> [u8; 16] {
    let mut bytes = [kind; 16];
    bytes[..6].copy_from_slice(&n.to_be_bytes()[2..]);
    bytes
}

/// What one of the visitors is known by.
pub(crate) fn credentials(visitor: usize) -> Credentials {
    Credentials {
        id: VisitorId::from_random(id(1, visitor)),
        secret: format!("{visitor:043}"),
    }
}

/// Writes so many conversations, each of so many messages, into a database that
/// has a site.
pub(crate) async fn fill(database: &Path, conversations: u32, messages: u32) -> Result<Filled> {
    let start = Instant::now();
    let store = SqliteStore::open(database, "epoch").await?;
    let key = KEY.parse().ok().context("the key of the site")?;
    let site = store.site_by_key(&key).await?.context("no site")?.id;
    stream::iter(0..conversations as usize)
        .map(|visitor| converse(&store, site, visitor, messages as usize))
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    drop(store);
    let closing = Instant::now();
    while is_open(database)? {
        anyhow::ensure!(closing.elapsed() < PATIENCE, "the database does not close");
        sleep(Duration::from_millis(10)).await;
    }
    Ok(Filled {
        conversations,
        messages: conversations * messages,
        bytes: std::fs::metadata(database)?.len(),
        seconds: start.elapsed().as_secs_f64(),
    })
}

/// Whether this process still has the database open. It is closed by threads of its
/// own.
fn is_open(database: &Path) -> Result<bool> {
    let database = database.canonicalize()?;
    for file in std::fs::read_dir("/proc/self/fd")? {
        // It may have been closed meanwhile.
        if std::fs::read_link(file?.path()).is_ok_and(|open| open == database) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn converse(
    store: &SqliteStore,
    site: SiteId,
    visitor: usize,
    messages: usize,
) -> Result<()> {
    let Credentials { id: them, secret } = credentials(visitor);
    let secret_hash = Sha256::digest(secret)
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    store
        .add_visitor(Visitor {
            id: them,
            site,
            secret_hash,
            contact: saluda_protocol::Contact::default(),
            identity: None,
            place: saluda_protocol::visitor::Place::default(),
            first_seen: BEGAN,
            last_seen: BEGAN,
        })
        .await?;
    let conversation = ConversationId::from_random(id(2, visitor));
    for n in 0..messages {
        let (to, author) = if n % 2 == 0 {
            let fresh = conversation;
            let visitor = them;
            (To::Visitor { visitor, fresh }, Author::Visitor)
        } else {
            let agent = AgentId::from_random(id(3, 0));
            let name = "Lucía".to_owned();
            (
                To::Conversation(conversation),
                Author::Agent { id: agent, name },
            )
        };
        let post = Post {
            to,
            message: Message {
                id: MessageId::from_random(id(4, visitor * messages + n)),
                author,
                body: Body::Text(text(n)),
            },
            with: With::Nothing,
            at: Millis(BEGAN.0 + n as u64 * 60_000),
        };
        let posted = store.post(post).await?;
        posted.map_err(|why| anyhow::anyhow!("not written down: {why:?}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_begins_with_its_number_and_has_200_bytes() {
        assert_eq!(text(7).len(), 200);
        assert!(text(123_456).starts_with("123456 "));
        assert_ne!(id(1, 256), id(1, 1));
    }
}
