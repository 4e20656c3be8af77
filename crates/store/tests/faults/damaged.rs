//! A damaged database is called one, read wrongly never, and left as it is.

use std::error::Error;
use std::iter;

use saluda_protocol::{Event, MessageId, Number};
use saluda_store::{Conversations as _, StoreError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::chance::Chance;
use crate::chat;
use crate::disk::{Disk, File, Step};

const PAGE: usize = 4_096;
/// What comes before the first page's content, and how much of it says that
/// this is a database.
const HEADER: usize = 100;
const MAGIC: usize = 16;
/// What comes before a page's content.
const HEAD_OF_PAGE: usize = 8;
/// So many that they take several pages.
const MESSAGES: u16 = 60;

/// A database without a log, and the numbers of the pages that hold messages.
struct Whole {
    bytes: Vec<u8>,
    pages_of_messages: Vec<usize>,
}

async fn whole() -> Whole {
    let disk = Disk::new();
    let store = chat::open(&disk).await.unwrap();
    chat::settle(&store, 1).await.unwrap();
    for n in 0..MESSAGES {
        chat::post(&store, &disk, 0, 0, n).await.unwrap();
    }
    let mut connection = beside(&disk).await;
    sqlx::query("pragma wal_checkpoint(truncate)")
        .execute(&mut connection)
        .await
        .unwrap();
    let pages: Vec<i64> =
        sqlx::query_scalar("select pageno from dbstat where name = 'event' and pagetype = 'leaf'")
            .fetch_all(&mut connection)
            .await
            .unwrap();
    let bytes = disk.read(File::Database);
    connection.close().await.unwrap();
    let pages_of_messages = pages
        .into_iter()
        .map(|page| usize::try_from(page).unwrap() - 1)
        .collect();
    Whole {
        bytes,
        pages_of_messages,
    }
}

/// A connection that is not the store's.
async fn beside(disk: &Disk) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(disk.database());
    options.connect().await.unwrap()
}

/// Opens what became of the database and reads all of it.
async fn read(disk: &Disk) -> Result<Vec<MessageId>, StoreError> {
    let store = chat::open(disk).await?;
    store.conversation_of(chat::visitor(0)).await?;
    let events = store
        .events_after(chat::conversation(0), Number(0), u32::MAX)
        .await?;
    let message = |event: &Event| event.what.message().map(|message| message.id);
    Ok(events.iter().filter_map(message).collect())
}

/// Reads a database of which some bytes are not what they were: all that was
/// there, or why not. Nothing is written over it.
async fn read_damaged(bytes: Vec<u8>) -> Result<(), String> {
    let disk = Disk::holding(&[(File::Database, bytes.clone())]);
    let found = read(&disk).await;
    assert!(disk.read(File::Database) == bytes, "the file was changed");
    let all: Vec<_> = (0..MESSAGES).map(|n| chat::message(0, n)).collect();
    match found {
        Ok(found) => assert_eq!(found, all, "read wrongly"),
        Err(error) => return Err(told(&error)),
    }
    Ok(())
}

/// An error as a log tells it.
fn told(error: &dyn Error) -> String {
    let causes = iter::successors(Some(error), |&error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

#[tokio::test]
async fn a_damaged_header_is_named_or_does_no_harm() {
    let whole = whole().await;
    let mut named = 0;
    for at in 0..HEADER + HEAD_OF_PAGE {
        let mut bytes = whole.bytes.clone();
        bytes[at] ^= 0xff;
        let Err(told) = read_damaged(bytes).await else {
            continue;
        };
        named += 1;
        assert!(told.starts_with("could not open the database `"), "{told}");
        match at {
            0..MAGIC => assert!(told.contains("this is no database"), "{told}"),
            HEADER.. => assert!(told.contains("the database is damaged"), "{told}"),
            _ => {}
        }
    }
    assert!(named > MAGIC, "{named} were named");
}

#[tokio::test]
async fn a_damaged_page_of_messages_is_named_or_does_no_harm() {
    let whole = whole().await;
    let mut named = 0;
    for page in &whole.pages_of_messages {
        let start = page * PAGE;
        let count = usize::from(u16::from_be_bytes([
            whole.bytes[start + 3],
            whole.bytes[start + 4],
        ]));
        // Where in the page each message lies follows its head.
        for at in start..start + HEAD_OF_PAGE + 2 * count {
            let mut bytes = whole.bytes.clone();
            bytes[at] ^= 0xff;
            if let Err(told) = read_damaged(bytes).await {
                named += 1;
                assert!(told.starts_with("the database is damaged"), "{told}");
            }
        }
    }
    assert!(named > usize::from(MESSAGES), "{named} were named");
}

#[tokio::test]
async fn a_lost_page_is_named_or_does_no_harm() {
    let whole = whole().await;
    let chance = &mut Chance::new(1);
    let garbage: Vec<u8> = (0..PAGE)
        .map(|_| u8::try_from(chance.below(256)).unwrap())
        .collect();
    for page in 0..whole.bytes.len() / PAGE {
        for instead in [&vec![0; PAGE], &garbage] {
            let mut bytes = whole.bytes.clone();
            bytes[page * PAGE..][..PAGE].copy_from_slice(instead);
            let read = read_damaged(bytes).await;
            if page == 0 {
                assert!(read.unwrap_err().contains("this is no database"));
            } else if let Err(told) = read {
                assert!(told.contains("the database is damaged"), "{told}");
            } else {
                let holds_messages = whole.pages_of_messages.contains(&page);
                assert!(!holds_messages, "page {page} was not missed");
            }
        }
    }
}

#[tokio::test]
async fn a_post_into_a_damaged_page_is_refused_and_writes_nothing() {
    let mut whole = whole().await;
    let last = whole.pages_of_messages.last().unwrap();
    whole.bytes[last * PAGE..][..PAGE].fill(0);
    let disk = Disk::holding(&[(File::Database, whole.bytes.clone())]);
    let store = chat::open(&disk).await.unwrap();
    let refused = chat::post(&store, &disk, 0, 0, MESSAGES).await;
    assert!(
        matches!(refused, Err(StoreError::Damaged(_))),
        "{refused:?}"
    );
    let changed = |step: &Step| matches!(step, Step::Changed(..));
    assert!(!disk.steps().iter().any(changed), "something was written");
}

#[tokio::test]
async fn a_message_that_makes_no_sense_is_named_with_its_number() {
    let mut whole = whole().await;
    let text = b"message 29 of tab 0\"";
    let at = whole.bytes.windows(text.len()).rposition(|it| it == text);
    whole.bytes[at.unwrap() + text.len() - 1] = b' ';
    let told = read_damaged(whole.bytes).await.unwrap_err();
    assert!(
        told.starts_with("the row `30` of table `event` makes no sense"),
        "{told}"
    );
}
