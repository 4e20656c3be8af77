//! A full disk refuses what it cannot hold, and nothing else.

use std::time::Duration;

use saluda_protocol::Number;
use saluda_store::{SqliteStore, StoreError};
use tokio::time::timeout;

use crate::chat;
use crate::disk::Disk;

/// How long a refusal may take, and how long a store may take to go on once
/// there is space.
const REFUSAL: Duration = Duration::from_secs(2);
const RECOVERY: Duration = Duration::from_secs(5);
/// More than one commit adds to the log.
const ONE_COMMIT: usize = 64 * 1_024;
/// A page of the log with what stands before it.
const FRAME: usize = 24 + 4_096;

async fn begin() -> (Disk, SqliteStore) {
    let disk = Disk::new();
    let store = chat::open(&disk).await.unwrap();
    chat::settle(&store, 1).await.unwrap();
    chat::post(&store, &disk, 0, 0, 0).await.unwrap();
    (disk, store)
}

#[tokio::test]
async fn a_full_disk_refuses_a_post_and_takes_the_next_when_there_is_space() {
    let (disk, store) = begin().await;
    disk.set_space(0);
    let refused = timeout(REFUSAL, chat::post(&store, &disk, 0, 0, 1))
        .await
        .expect("answered in time");
    assert!(matches!(refused, Err(StoreError::Full(_))), "{refused:?}");
    assert_eq!(chat::messages(&store, 0).await, [chat::message(0, 0)]);

    disk.set_space(usize::MAX);
    let taken = timeout(RECOVERY, chat::post(&store, &disk, 0, 0, 2))
        .await
        .expect("answered in time")
        .unwrap();
    assert_eq!(taken.number, Number(2));
    let there = [chat::message(0, 0), chat::message(0, 2)];
    assert_eq!(chat::messages(&store, 0).await, there);
    let again = chat::open(&disk).await.unwrap();
    assert_eq!(chat::messages(&again, 0).await, there);
}

#[tokio::test]
async fn a_disk_that_fills_in_the_middle_of_a_commit_keeps_nothing_of_it() {
    let (disk, store) = begin().await;
    let mut there = vec![chat::message(0, 0)];
    let mut refusals = 0;
    for (n, space) in (1..).zip((0..ONE_COMMIT).step_by(FRAME / 2)) {
        disk.set_space(space);
        match chat::post(&store, &disk, 0, 0, n).await {
            Ok(_) => there.push(chat::message(0, n)),
            Err(StoreError::Full(_)) => refusals += 1,
            Err(error) => panic!("with {space} bytes: {error:?}"),
        }
        assert_eq!(chat::messages(&store, 0).await, there);
    }
    assert!(refusals > 4 && there.len() > 4, "some fit, some did not");
    disk.set_space(usize::MAX);
    let again = chat::open(&disk).await.unwrap();
    assert_eq!(chat::messages(&again, 0).await, there);
}

#[tokio::test]
async fn everyone_who_waited_for_the_same_commit_hears_that_the_disk_is_full() {
    let (disk, store) = begin().await;
    disk.set_space(0);
    let post = |tab| chat::post(&store, &disk, 0, tab, 0);
    let (first, second, third) = tokio::join!(post(1), post(2), post(3));
    for refused in [first, second, third] {
        assert!(matches!(refused, Err(StoreError::Full(_))), "{refused:?}");
    }
    disk.set_space(usize::MAX);
    chat::post(&store, &disk, 0, 4, 0).await.unwrap();
    let there = [chat::message(0, 0), chat::message(4, 0)];
    assert_eq!(chat::messages(&store, 0).await, there);
}
