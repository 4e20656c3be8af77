//! What of a person stands in which column, and that it is gone from the file once
//! they are erased. A column that is added without a word here fails.

mod people;

use std::collections::BTreeMap;
use std::path::Path;

use people::{site, somebody};
use saluda_protocol::form::Value;
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    Answer, Author, Body, Contact, ConversationId, EmailAddress, File, FileId, Identity, Message,
    MessageId, Millis, Number, Rating, Status, VisitorId,
};
use saluda_store::{
    Conversations as _, Directory as _, Files as _, FilledIn, Identification, Identities as _,
    KeptFile, Persons as _, Post, SqliteStore, To, Visitor, With,
};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Row as _};

/// Of each table, the columns in which something of a visitor stands, which
/// [`Persons::person`](saluda_store::Persons::person) hands out and
/// [`Persons::erase`](saluda_store::Persons::erase) removes or empties; and those in
/// which nothing does, or what is no more theirs once the rest is gone: random ids,
/// numbers, instants.
const TABLES: &[(&str, &[&str], &[&str])] = &[
    (
        "_sqlx_migrations",
        &[],
        &[
            "version",
            "description",
            "installed_on",
            "success",
            "checksum",
            "execution_time",
        ],
    ),
    ("sqlite_sequence", &[], &["name", "seq"]),
    ("meta", &[], &["name", "value"]),
    (
        "site",
        &[],
        &[
            "id",
            "key",
            "name",
            "origins",
            "settings",
            "created_at",
            "changes",
            "open_count",
            "unread_count",
            "trigger_changes",
            "explain_key",
            "history",
            "starters",
            "revision",
        ],
    ),
    (
        "site_origin",
        &[],
        &["site_id", "origin", "first_at", "last_at"],
    ),
    (
        "site_secret",
        &[],
        &["id", "site_id", "secret", "created_at"],
    ),
    // Agents are the operator's own people: `saluda agent` looks after them.
    (
        "agent",
        &[],
        &["id", "email", "name", "password", "created_at"],
    ),
    ("membership", &[], &["site_id", "agent_id", "role"]),
    (
        "session",
        &[],
        &["token_hash", "agent_id", "created_at", "expires_at"],
    ),
    (
        "token",
        &[],
        &[
            "id",
            "agent_id",
            "name",
            "secret_hash",
            "scopes",
            "created_at",
            "expires_at",
            "used_at",
        ],
    ),
    ("audit", &[], &["number", "site_id", "at", "actor", "what"]),
    (
        "visitor",
        &["secret_hash", "contact", "place", "user_id", "identity"],
        &[
            "id",
            "site_id",
            "first_seen",
            "last_seen",
            "merged_into",
            "erased",
        ],
    ),
    (
        "visitor_secret",
        &["secret_hash", "created_at"],
        &["visitor_id"],
    ),
    // The id of a token, for as long as it is good: an hour at most.
    ("used_token", &[], &["site_id", "id", "expires_at"]),
    (
        "attribute",
        &["name", "answer", "form", "place", "at"],
        &["visitor_id"],
    ),
    (
        "conversation",
        &["preview", "origin", "tags", "follow_up"],
        &[
            "id",
            "site_id",
            "visitor_id",
            "status",
            "created_at",
            "last",
            "change",
            "written_at",
            "asked",
            "marks",
            "moved_to",
            "erased",
        ],
    ),
    (
        "event",
        &["number", "at", "what", "message_id", "answers", "tapped"],
        &["conversation_id"],
    ),
    (
        "rating",
        &["closed", "score", "comment", "times", "at"],
        &["conversation_id"],
    ),
    (
        "file",
        &["file"],
        &[
            "id",
            "visitor_id",
            "agent_id",
            "bytes",
            "at",
            "posted",
            "condemned",
        ],
    ),
    (
        "site_trigger",
        &[],
        &[
            "site_id",
            "id",
            "status",
            "spec",
            "version",
            "reason",
            "revision",
            "created_at",
            "updated_at",
        ],
    ),
    (
        "trigger_version",
        &[],
        &[
            "site_id",
            "trigger_id",
            "version",
            "spec",
            "published_at",
            "published_by",
        ],
    ),
    (
        "trigger_history",
        &[],
        &["site_id", "number", "trigger_id", "at", "actor", "what"],
    ),
    // `person` is a random number of a browser, which nothing connects with a visitor.
    (
        "trigger_event",
        &[],
        &[
            "id",
            "site_id",
            "trigger_id",
            "version",
            "variant",
            "kind",
            "person",
            "device",
            "page",
            "at",
        ],
    ),
    (
        "trigger_people",
        &[],
        &[
            "site_id",
            "trigger_id",
            "version",
            "variant",
            "kind",
            "people",
        ],
    ),
];

async fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path, "epoch").await.unwrap()
}

#[tokio::test]
async fn every_column_has_a_rule() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("saluda.db");
    let _store = open(&path).await;
    let mut connection = SqliteConnectOptions::new()
        .filename(&path)
        .connect()
        .await
        .unwrap();
    let all = "select m.name as of, c.name as name from sqlite_schema as m
        join pragma_table_info(m.name) as c where m.type = 'table'";
    let mut there: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in sqlx::query(all).fetch_all(&mut connection).await.unwrap() {
        there
            .entry(row.get("of"))
            .or_default()
            .push(row.get("name"));
    }
    let mut ruled = BTreeMap::new();
    for (table, personal, others) in TABLES {
        let mut columns: Vec<String> = [*personal, *others]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect();
        columns.sort();
        assert!(
            ruled.insert((*table).to_owned(), columns).is_none(),
            "{table} twice"
        );
    }
    for columns in there.values_mut() {
        columns.sort();
    }
    assert_eq!(there, ruled);
}

/// What stands in everything that is a person's.
const CANARY: &str = "canary-5d1f0c9a";

/// What the owner's server says of the visitor.
fn claim(visitor: &Visitor) -> Identification {
    Identification {
        visitor: visitor.clone(),
        identity: Identity {
            user: CANARY.into(),
            email: visitor.contact.email.clone(),
            name: Some(CANARY.into()),
            attributes: [("plan".to_owned(), CANARY.to_owned())].into(),
            ..Identity::default()
        },
        fresh: VisitorId::from_random([9; 16]),
        secret_hash: format!("{CANARY} again"),
        token: "token".into(),
        expires_at: Millis(100),
        at: Millis(6),
    }
}

/// A visitor of whom everything bears the mark.
async fn marked(store: &SqliteStore) -> VisitorId {
    store.add_site(site(), None).await.unwrap();
    let contact = Contact {
        email: EmailAddress::parse(&format!("{CANARY}@example.com")).ok(),
        name: Some(CANARY.into()),
        phone: None,
    };
    let visitor = Visitor {
        secret_hash: CANARY.into(),
        contact: contact.clone(),
        place: Place {
            url: format!("https://shop.example/{CANARY}"),
            title: CANARY.into(),
            ..Place::default()
        },
        ..somebody(1)
    };
    store.add_visitor(visitor.clone()).await.unwrap();
    let answer = Answer {
        field: "wish".parse().unwrap(),
        label: [("en".to_owned(), CANARY.to_owned())].into(),
        value: Value::Text(CANARY.into()),
        option: BTreeMap::new(),
    };
    let filled = FilledIn {
        form: "form".into(),
        answers: vec![answer],
        contact,
    };
    store.fill_in(visitor.id, filled, Millis(2)).await.unwrap();
    let file = File {
        id: FileId::secret([1; 16]),
        name: CANARY.into(),
        kind: "text/plain".into(),
        bytes: 1,
        picture: None,
    };
    let kept = KeptFile {
        file: file.clone(),
        visitor: visitor.id,
        agent: None,
        at: Millis(2),
    };
    store.add_file(kept, None).await.unwrap().unwrap();
    // Long enough for pages of its own.
    let long = CANARY.repeat(500);
    let mut conversation = ConversationId::from_random([1; 16]);
    for (n, body, with) in [
        (1, Body::Text(long), With::Nothing),
        (2, Body::File(file.clone()), With::File(file.id)),
    ] {
        let post = Post {
            to: To::Visitor {
                visitor: visitor.id,
                fresh: conversation,
            },
            message: Message {
                id: MessageId::from_random([n; 16]),
                author: Author::Visitor,
                body,
            },
            with,
            at: Millis(3),
        };
        conversation = store.post(post).await.unwrap().unwrap().conversation;
    }
    let closed = store.set_status(conversation, Status::Closed, Author::Visitor, Millis(4));
    let closed: Number = closed.await.unwrap().unwrap().conversation.last;
    let rating = Rating {
        closed,
        score: 1,
        comment: Some(CANARY.into()),
    };
    store
        .rate(visitor.id, rating, Millis(5))
        .await
        .unwrap()
        .unwrap();
    store.identify(claim(&visitor)).await.unwrap().unwrap();
    visitor.id
}

/// How often the mark stands in the files of the database.
fn marks(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).unwrap();
    let bytes = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
    let marks = |bytes: Vec<u8>| {
        let parts = bytes.windows(CANARY.len());
        parts.filter(|part| *part == CANARY.as_bytes()).count()
    };
    bytes.map(marks).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_erased_is_in_no_file_of_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("saluda.db")).await;
    let visitor = marked(&store).await;
    assert!(marks(folder.path()) > 500);
    let person = store.person(visitor).await.unwrap().unwrap();
    let erased = store
        .erase(visitor, Millis(9), None)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(erased.files, [person.files[0].file.id]);
    assert!(store.clear_log().await.unwrap());
    assert_eq!(marks(folder.path()), 0);
    // Nor does it come back by what the page of the visitor tells last.
    let place = Place {
        title: CANARY.into(),
        ..Place::default()
    };
    store.see_visitor(visitor, place, Millis(10)).await.unwrap();
    assert!(store.clear_log().await.unwrap());
    assert_eq!(marks(folder.path()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_on_delays_it_and_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("saluda.db");
    let store = open(&path).await;
    let visitor = marked(&store).await;
    let mut reader = SqliteConnectOptions::new()
        .filename(&path)
        .connect()
        .await
        .unwrap();
    let run = async |reader: &mut _, words: &'static str| {
        sqlx::raw_sql(words).execute(reader).await.unwrap();
    };
    run(&mut reader, "begin; select count(*) from visitor").await;
    store
        .erase(visitor, Millis(9), None)
        .await
        .unwrap()
        .unwrap();
    assert!(!store.clear_log().await.unwrap());
    assert!(marks(folder.path()) > 0);
    run(&mut reader, "commit").await;
    assert!(store.clear_log().await.unwrap());
    assert_eq!(marks(folder.path()), 0);
}
