//! SQLite passes the conformance suite, and keeps what was acknowledged.

mod people;

use std::path::Path;

use people::{site, somebody};
use saluda_protocol::{
    Author, Body, ConversationId, Message, MessageId, Millis, Number, VisitorId,
};
use saluda_store::{
    Conversations as _, Directory as _, Fault, Post, SiteSettings, SqliteStore, Store as _,
    StoreError, To, With,
};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
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
    let visitor = somebody(1);
    store.add_site(site(), None).await.unwrap();
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
        with: With::Nothing,
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
    let twice = somebody(1);
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

/// A database as the first version left it, with one conversation.
const FIRST: &str = "
    insert into site (id, key, name, origins, settings, created_at)
    values ('01010101-0101-4101-8101-010101010101', 'shop', 'Shop', '[]', '{}', 1);
    insert into visitor (id, site_id, secret_hash, contact, place, first_seen, last_seen)
    values ('02020202-0202-4202-8202-020202020202', '01010101-0101-4101-8101-010101010101', '',
        '{\"email\":null,\"name\":\"Ines\"}', '{}', 1, 1);
    insert into conversation
        (id, site_id, visitor_id, status, created_at, last, change, written_at, preview, asked, marks)
    values ('03030303-0303-4303-8303-030303030303', '01010101-0101-4101-8101-010101010101',
        '02020202-0202-4202-8202-020202020202', '\"open\"', 1, 0, 1, 1, 'null', 0,
        '{\"visitor\":{\"delivered\":0,\"read\":0},\"agent\":{\"delivered\":0,\"read\":0}}');";

#[tokio::test]
async fn a_database_of_the_first_version_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("saluda.db");
    let migrations = folder.path().join("migrations");
    std::fs::create_dir(&migrations).unwrap();
    std::fs::write(
        migrations.join("0001_first.sql"),
        include_str!("../migrations/sqlite/0001_first.sql"),
    )
    .unwrap();
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    let first = Migrator::new(migrations.as_path()).await.unwrap();
    first.run(&mut connection).await.unwrap();
    sqlx::raw_sql(FIRST).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();

    let store = SqliteStore::open(&path, "epoch").await.unwrap();
    let shop = store.site_by_key(&"shop".parse().unwrap()).await.unwrap();
    let shop = shop.unwrap();
    assert_eq!(shop.settings, SiteSettings::default());
    assert_eq!((shop.trigger_changes, shop.revision), (0, 1));
    let visitor = VisitorId::from_random([2; 16]);
    let recorded = store.post(post(visitor, 1)).await.unwrap().unwrap();
    assert_eq!(recorded.number, Number(1));
    let kept = store.conversation_of(visitor).await.unwrap().unwrap();
    assert_eq!((kept.origin, kept.tags), (None, vec![]));
    assert_eq!(kept.id, ConversationId::from_random([3; 16]));
}

#[tokio::test]
async fn a_look_at_the_database_finds_what_is_wrong_in_it() {
    let (store, folder) = open().await;
    let path = folder.path().join("saluda.db");
    let visitor = visitor(&store).await;
    let conversation = store.post(post(visitor, 1)).await.unwrap().unwrap();
    let conversation = conversation.conversation;
    store.post(post(visitor, 2)).await.unwrap().unwrap();
    let found = SqliteStore::check(&path).await.unwrap();
    assert_eq!((found.conversations, found.events), (1, 2));
    assert_eq!(found.faults, []);

    let options = SqliteConnectOptions::new().filename(&path);
    let mut spoiler = options.foreign_keys(false).connect().await.unwrap();
    let spoil = "
        delete from event where number = 1;
        update site set open_count = 5, changes = 1;
        insert into session values ('hash', 'nobody', 1, 2);";
    sqlx::raw_sql(spoil).execute(&mut spoiler).await.unwrap();
    let found = SqliteStore::check(&path).await.unwrap();
    let site: saluda_protocol::SiteKey = "shop".parse().unwrap();
    let expected = [
        Fault::Dangling {
            table: "session".into(),
            refers_to: "agent".into(),
        },
        Fault::Numbers {
            conversation,
            last: Number(2),
            events: 1,
        },
        Fault::Inbox {
            site: site.clone(),
            counted: (5, 1),
            there: (1, 1),
        },
        Fault::Change { site },
    ];
    assert_eq!(found.faults, expected);
}

#[tokio::test]
async fn a_copy_is_whole_and_holds_nothing_that_was_removed() {
    let (store, folder) = open().await;
    let path = folder.path().join("saluda.db");
    let visitor = visitor(&store).await;
    store.post(post(visitor, 1)).await.unwrap().unwrap();
    let options = SqliteConnectOptions::new().filename(&path);
    let mut other = options.connect().await.unwrap();
    let secret = "a secret that was taken back";
    for statement in [
        "insert into meta values ('note', $1)",
        "delete from meta where value = $1",
    ] {
        let statement = sqlx::query(statement).bind(secret);
        statement.execute(&mut other).await.unwrap();
    }
    let copy = folder.path().join("copy.db");
    SqliteStore::back_up(&path, &copy).await.unwrap();
    let bytes = std::fs::read(&copy).unwrap();
    let holds = |text: &str| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    assert!(holds("hello") && !holds(secret));

    let again = SqliteStore::back_up(&path, &copy).await;
    assert!(again.is_err(), "a copy replaces nothing");
    let restored = SqliteStore::open(&copy, "epoch-2").await.unwrap();
    assert_eq!(restored.epoch().await.unwrap(), "epoch-2");
    let kept = restored.conversation_of(visitor).await.unwrap().unwrap();
    assert_eq!(kept.last, Number(1));

    let none = folder.path().join("none.db");
    let error = SqliteStore::back_up(&none, &folder.path().join("x.db")).await;
    assert!(error.unwrap_err().to_string().contains("none.db"));
    assert!(!none.exists());
}
