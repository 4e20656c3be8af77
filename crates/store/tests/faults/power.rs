//! What was acknowledged survives a power cut at any moment.

use std::sync::Arc;

use futures_util::future::join_all;
use tokio::task::JoinSet;

use crate::chance::Chance;
use crate::chat::{self, TABS, VISITORS};
use crate::cut::Cuts;
use crate::disk::{Disk, File, Step};

/// How many messages the first tab writes; the second twice as many, and so on,
/// so that commits hold from eight messages down to one.
const FEWEST: u16 = 20;
const MESSAGES: usize = FEWEST as usize * (TABS as usize * (TABS as usize + 1)) / 2;
/// How often all tabs write at once to a disk that has trouble.
const ROUNDS: usize = 200;
/// Less than a commit of all tabs adds to the log.
const TOO_LITTLE_SPACE: usize = 32 * 1_024;

/// Lets all tabs write, and says what the disk was asked to do meanwhile.
async fn record() -> Vec<Step> {
    let disk = Arc::new(Disk::new());
    let store = Arc::new(chat::open(&disk).await.unwrap());
    chat::settle(&store, VISITORS).await.unwrap();
    let mut tabs = JoinSet::new();
    for tab in 0..TABS {
        let (disk, store) = (Arc::clone(&disk), Arc::clone(&store));
        tabs.spawn(async move {
            for n in 0..FEWEST * (u16::from(tab) + 1) {
                let posted = chat::post(&store, &disk, chat::whose(tab), tab, n).await;
                posted.unwrap();
            }
        });
    }
    while let Some(tab) = tabs.join_next().await {
        tab.unwrap();
    }
    disk.steps()
}

/// The same on a disk that is full now and then, or cannot sync. What was
/// refused is asked again under the same id. Says how often that was, too.
async fn record_trouble(chance: &mut Chance) -> (Vec<Step>, usize) {
    let disk = Disk::new();
    let store = chat::open(&disk).await.unwrap();
    chat::settle(&store, VISITORS).await.unwrap();
    let mut next = [0; TABS as usize];
    let mut refusals = 0;
    for _ in 0..ROUNDS {
        disk.set_space(usize::MAX);
        disk.fail_syncs_of(match chance.below(8) {
            0 => &[File::Wal],
            1 | 2 => &[File::Database],
            3 => &[File::Wal, File::Database],
            _ => &[],
        });
        if chance.below(8) == 0 {
            disk.set_space(chance.below(TOO_LITTLE_SPACE));
        }
        let posts = (0..TABS)
            .zip(next)
            .map(|(tab, n)| chat::post(&store, &disk, chat::whose(tab), tab, n));
        for (next, posted) in next.iter_mut().zip(join_all(posts).await) {
            match posted {
                Ok(_) => *next += 1,
                Err(_) => refusals += 1,
            }
        }
    }
    (disk.steps(), refusals)
}

/// How often a file was changed, and how often it was synced.
fn work(steps: &[Step], of: File) -> (usize, usize) {
    let changes = |step: &&Step| matches!(step, Step::Changed(file, _) if *file == of);
    let syncs = |step: &&Step| matches!(step, Step::Synced(file) if *file == of);
    (
        steps.iter().filter(changes).count(),
        steps.iter().filter(syncs).count(),
    )
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_power_cut_at_any_moment() {
    let steps = record().await;
    let (wal_writes, wal_syncs) = work(&steps, File::Wal);
    let (database_writes, database_syncs) = work(&steps, File::Database);
    println!(
        "{MESSAGES} messages: the log was written {wal_writes} times and synced {wal_syncs} \
         times, the database {database_writes} and {database_syncs}"
    );
    assert!(wal_syncs * 2 < MESSAGES, "messages are committed together");
    assert!(database_syncs > 2, "the log was moved into the database");
    let cuts = Cuts {
        after_an_answer: 400,
        while_moving: 100,
        anywhere: 500,
    };
    cuts.are_survived(&steps, &mut Chance::new(1)).await;
}

#[tokio::test]
async fn what_was_acknowledged_survives_on_a_disk_that_had_trouble() {
    let chance = &mut Chance::new(2);
    let (steps, refusals) = record_trouble(chance).await;
    let failures = |step: &&Step| matches!(step, Step::FailedToSync(_));
    let failures = steps.iter().filter(failures).count();
    let (_, database_syncs) = work(&steps, File::Database);
    println!(
        "{refusals} refusals, {failures} failed syncs, the database synced {database_syncs} times"
    );
    assert!(refusals > ROUNDS && failures > 0);
    assert!(database_syncs > 1, "the log was moved into the database");
    let cuts = Cuts {
        after_an_answer: 100,
        while_moving: 50,
        anywhere: 100,
    };
    cuts.are_survived(&steps, chance).await;
}
