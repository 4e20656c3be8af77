//! SQLite passes the conformance suite, and keeps what was acknowledged.

use std::path::Path;

use saluda_protocol::visitor::Place;
use saluda_protocol::{
    Author, Body, Contact, ConversationId, Message, MessageId, Millis, Number, SiteId, VisitorId,
};
use saluda_store::{
    Conversations as _, Directory as _, Post, Site, SiteSettings, SqliteStore, Store as _,
    StoreError, To, Visitor,
};
use tempfile::TempDir;

async fn open() -> (SqliteStore, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("saluda.db"), "epoch-1")
        .await
        .unwrap();
    (store, folder)
}

saluda_store::conformance!(open());

async fn visitor(store: &SqliteStore) -> VisitorId {
    let site = Site {
        id: SiteId::from_random([1; 16]),
        key: "shop".parse().unwrap(),
        name: "Shop".into(),
        origins: vec![],
        settings: SiteSettings::default(),
        created_at: Millis(1),
    };
    let visitor = Visitor {
        id: VisitorId::from_random([1; 16]),
        site: site.id,
        secret_hash: String::new(),
        contact: Contact::default(),
        place: Place::default(),
        first_seen: Millis(1),
        last_seen: Millis(1),
    };
    store.add_site(site).await.unwrap();
    store.add_visitor(visitor.clone()).await.unwrap();
    visitor.id
}

fn post(visitor: VisitorId, n: u8) -> Post {
    Post {
        to: To::Visitor {
            visitor,
            fresh: ConversationId::from_random([n; 16]),
        },
        message: Message {
            id: MessageId::from_random([n; 16]),
            author: Author::Visitor,
            body: Body::Text("hello".into()),
        },
        at: Millis(1),
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_opening_again() {
    let (store, folder) = open().await;
    let visitor = visitor(&store).await;
    let recorded = store.post(post(visitor, 1)).await.unwrap().unwrap();
    // The first store still holds the file open, as a killed process's remains
    // would: nothing was closed in order.
    let again = SqliteStore::open(&folder.path().join("saluda.db"), "epoch-2")
        .await
        .unwrap();
    assert_eq!(again.epoch().await.unwrap(), "epoch-1", "named once");
    let events = again
        .events_after(recorded.conversation, Number(0), 10)
        .await
        .unwrap();
    assert_eq!(events.len(), 1);
    let repeated = again.post(post(visitor, 1)).await.unwrap().unwrap();
    assert_eq!(repeated.number, recorded.number);
    assert_eq!(repeated.change, None);
}

#[tokio::test]
async fn a_job_that_fails_takes_no_other_down_with_it() {
    let (store, _folder) = open().await;
    let known = visitor(&store).await;
    let twice = Visitor {
        id: known,
        site: SiteId::from_random([1; 16]),
        secret_hash: String::new(),
        contact: Contact::default(),
        place: Place::default(),
        first_seen: Millis(1),
        last_seen: Millis(1),
    };
    let (failed, kept) = tokio::join!(store.add_visitor(twice), store.post(post(known, 1)));
    assert!(matches!(failed, Err(StoreError::Backend(_))));
    assert_eq!(kept.unwrap().unwrap().number, Number(1));
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    let notes = "my notes\n".repeat(1_000);
    std::fs::write(&path, &notes).unwrap();
    let Err(error) = SqliteStore::open(Path::new(&path), "epoch").await else {
        panic!("opened a text file");
    };
    assert!(error.to_string().contains("notes.txt"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), notes);
}
