//! A database that another process holds is named as such, and in time.

use std::error::Error as _;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use saluda_store::StoreError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};

use crate::chat;
use crate::disk::Disk;

/// The store waits for five seconds, and may take as many more until it says so.
const PATIENCE: Duration = Duration::from_secs(10);
/// Tells the other process which database to hold.
const HOLD: &str = "SALUDA_TEST_HOLD";
const HELD: &str = "the database is held";

async fn beside(database: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(true);
    options.connect().await.unwrap()
}

async fn execute(connection: &mut SqliteConnection, statement: &'static str) {
    sqlx::query(statement).execute(connection).await.unwrap();
}

/// This program once more, with a database that it holds until its input ends.
fn hold(database: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "held::the_other_process", "--nocapture"])
        .env(HOLD, database)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let held = output
        .by_ref()
        .lines()
        .any(|line| line.unwrap().contains(HELD));
    assert!(held, "the other process does not hold the database");
    (child, output)
}

/// What the other process runs. Without it there is nothing to do here.
#[tokio::test]
async fn the_other_process() {
    let Some(database) = std::env::var_os(HOLD) else {
        return;
    };
    let mut connection = beside(Path::new(&database)).await;
    execute(&mut connection, "pragma locking_mode = exclusive").await;
    execute(&mut connection, "begin exclusive").await;
    println!("{HELD}");
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

#[tokio::test]
async fn a_database_that_another_process_holds_is_named_in_time() {
    let disk = Disk::new();
    let (mut other, _output) = hold(disk.database());
    let begun = Instant::now();
    let Err(error) = chat::open(&disk).await else {
        panic!("opened what another process holds");
    };
    assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
    let why = error.source().unwrap().to_string();
    assert!(
        why.starts_with("another process holds the database"),
        "{why}"
    );

    drop(other.stdin.take());
    other.wait().unwrap();
    chat::open(&disk).await.unwrap();
}

#[tokio::test]
async fn a_post_waits_for_another_process_only_so_long() {
    let disk = Disk::new();
    let store = chat::open(&disk).await.unwrap();
    chat::settle(&store, 1).await.unwrap();
    let mut other = beside(disk.database()).await;
    execute(&mut other, "begin immediate").await;
    let begun = Instant::now();
    let refused = chat::post(&store, &disk, 0, 0, 0).await;
    assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
    assert!(matches!(refused, Err(StoreError::Held(_))), "{refused:?}");

    execute(&mut other, "rollback").await;
    chat::post(&store, &disk, 0, 0, 1).await.unwrap();
    assert_eq!(chat::messages(&store, 0).await, [chat::message(0, 1)]);
}
