//! A disk that cannot sync is believed to have kept nothing.

use std::time::Duration;

use saluda_protocol::Number;
use saluda_store::StoreError;
use tokio::time::timeout;

use crate::chance::Chance;
use crate::chat;
use crate::disk::{Disk, File, Step};
use crate::image::{Image, Loss};

const REFUSAL: Duration = Duration::from_secs(2);
const RECOVERY: Duration = Duration::from_secs(5);
/// So many that the log is moved into the database on the way.
const MANY: u16 = 250;

/// The disk as it is after a power cut that took all that was not synced.
fn after_a_power_cut(disk: &Disk) -> Disk {
    let steps = disk.steps();
    Disk::holding(&Image::of(&steps).after(Loss::Everything, &mut Chance::new(1)))
}

#[tokio::test]
async fn what_could_not_be_synced_is_not_acknowledged_and_the_next_is() {
    let disk = Disk::new();
    let store = chat::open(&disk).await.unwrap();
    chat::settle(&store, 1).await.unwrap();
    chat::post(&store, &disk, 0, 0, 0).await.unwrap();

    disk.fail_syncs_of(&[File::Wal]);
    let refused = timeout(REFUSAL, chat::post(&store, &disk, 0, 0, 1))
        .await
        .expect("answered in time");
    assert!(matches!(refused, Err(StoreError::Disk(_))), "{refused:?}");
    assert_eq!(chat::messages(&store, 0).await, [chat::message(0, 0)]);

    disk.fail_syncs_of(&[]);
    let taken = timeout(RECOVERY, chat::post(&store, &disk, 0, 0, 2))
        .await
        .expect("answered in time")
        .unwrap();
    assert_eq!(taken.number, Number(2));
    let there = [chat::message(0, 0), chat::message(0, 2)];
    assert_eq!(chat::messages(&store, 0).await, there);
    let disk = after_a_power_cut(&disk);
    let store = chat::open(&disk).await.unwrap();
    assert_eq!(chat::messages(&store, 0).await, there);
}

#[tokio::test]
async fn what_was_refused_and_turns_up_again_stands_once() {
    let disk = Disk::new();
    let store = chat::open(&disk).await.unwrap();
    chat::settle(&store, 1).await.unwrap();
    disk.fail_syncs_of(&[File::Wal]);
    chat::post(&store, &disk, 0, 0, 0).await.unwrap_err();

    // A process that is killed now leaves the message in the log, whole: only
    // the next commit would have written over it.
    let disk = disk.copy();
    let store = chat::open(&disk).await.unwrap();
    assert_eq!(chat::messages(&store, 0).await, [chat::message(0, 0)]);
    let again = chat::post(&store, &disk, 0, 0, 0).await.unwrap();
    assert_eq!(again.number, Number(1));
    assert_eq!(chat::messages(&store, 0).await, [chat::message(0, 0)]);
}

#[tokio::test]
async fn a_log_that_cannot_be_moved_into_the_database_loses_nothing() {
    let disk = Disk::new();
    let store = chat::open(&disk).await.unwrap();
    chat::settle(&store, 1).await.unwrap();
    disk.fail_syncs_of(&[File::Database]);
    for n in 0..MANY {
        chat::post(&store, &disk, 0, 0, n).await.unwrap();
    }
    let failed = |step: &Step| matches!(step, Step::FailedToSync(File::Database));
    assert!(disk.steps().iter().any(failed), "the log was to be moved");

    let all: Vec<_> = (0..MANY).map(|n| chat::message(0, n)).collect();
    let disk = after_a_power_cut(&disk);
    let store = chat::open(&disk).await.unwrap();
    assert_eq!(chat::messages(&store, 0).await, all);
}
